package dev.elbow.scoring;

import dev.elbow.bundle.ModelBundle;
import dev.elbow.input.InvalidInputException;
import dev.elbow.score.ElboScores;
import dev.elbow.score.Mask;
import dev.elbow.score.MeanNegativeElbo;
import dev.elbow.score.Rows;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Scores observations by a bundle: the same code for the trainer's check of its export, offline
 * scoring and the detector.
 *
 * <p>A scorer exists only for a bundle that has passed the gate: its graphs are what the manifest
 * says and its golden observations score as the trainer said. The score is a pure function of
 * bundle and observation, except that float32 arithmetic may differ by about 1e-5 between batches
 * of different sizes.
 *
 * <p>It may be used from several threads at once; {@link #close} waits for the calls in flight.
 */
public final class Scorer implements AutoCloseable {

  /** Beyond some 64 rows a larger batch is no faster; this bounds memory, not speed. */
  private static final int BATCH = 256;

  private final ModelBundle bundle;
  private final OnnxMembers members;
  private final MeanNegativeElbo negativeElbo;
  private final double goldenError;

  /** Calls of score hold the read lock, close the write lock. */
  private final ReadWriteLock lock = new ReentrantReadWriteLock();

  private boolean closed;

  private Scorer(ModelBundle bundle, OnnxMembers members) {
    this.bundle = bundle;
    this.members = members;
    this.negativeElbo = members.negativeElbo();
    this.goldenError = GoldenGate.largestError(bundle, score(GoldenGate.values(bundle)));
  }

  /**
   * Passes a bundle through the gate and opens it.
   *
   * @throws InvalidInputException if a network is not what the manifest says, ONNX Runtime cannot
   *     be loaded or refuses it, or a golden observation scores differently
   */
  public static Scorer open(ModelBundle bundle) {
    OnnxMembers members = OnnxMembers.open(bundle);
    try {
      return new Scorer(bundle, members);
    } catch (RuntimeException | Error e) { // also if memory runs out: the sessions are native
      members.close();
      throw e;
    }
  }

  /** What it scores by. */
  public ModelBundle bundle() {
    return bundle;
  }

  /**
   * The largest difference, over the golden observations, between a score or a part of it and what
   * the trainer computed in double precision, in nats; at most the bundle's tolerance.
   */
  public double goldenError() {
    return goldenError;
  }

  /**
   * Scores observations.
   *
   * @param values one array per observation, each of D values in engineering units and in the
   *     manifest's order; NaN = missing; not modified
   * @return one row per observation, in order
   * @throws IllegalArgumentException if an array has not D values
   * @throws IllegalStateException if the scorer was closed or ONNX Runtime fails
   */
  public List<ScoredRow> score(List<double[]> values) {
    lock.readLock().lock();
    try {
      if (closed) {
        throw new IllegalStateException("the scorer of bundle " + bundle.id() + " was closed");
      }
      List<ScoredRow> rows = new ArrayList<>(values.size());
      for (int from = 0; from < values.size(); from += BATCH) {
        scoreBatch(values.subList(from, Math.min(from + BATCH, values.size())), rows);
      }
      return rows;
    } finally {
      lock.readLock().unlock();
    }
  }

  private void scoreBatch(List<double[]> values, List<ScoredRow> rows) {
    int features = bundle.rowTransform().features();
    Rows x = Rows.zeros(values.size(), features);
    Mask mask = Mask.all(values.size(), features);
    for (int i = 0; i < values.size(); i++) {
      if (values.get(i).length != features) {
        throw new IllegalArgumentException(
            "observation %d has %d values, the bundle has %d sensors"
                .formatted(i, values.get(i).length, features));
      }
      bundle.rowTransform().write(values.get(i), x, mask, i);
    }
    ElboScores scores = negativeElbo.score(x, mask);
    for (int i = 0; i < values.size(); i++) {
      rows.add(new ScoredRow(bundle, scores, mask, i));
    }
  }

  /** Waits for the calls in flight and gives the native memory back; a second call does nothing. */
  @Override
  public void close() {
    lock.writeLock().lock();
    try {
      if (!closed) {
        closed = true;
        members.close();
      }
    } finally {
      lock.writeLock().unlock();
    }
  }
}
