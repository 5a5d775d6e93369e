package dev.elbow.scoring;

import dev.elbow.bundle.ModelBundle;
import dev.elbow.input.InvalidInputException;
import dev.elbow.row.FrontEnd;
import dev.elbow.score.Mask;
import dev.elbow.score.MeanNegativeElbo;
import dev.elbow.score.Rows;
import dev.elbow.score.SensorScores;
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

  /** Beyond some 64 rows a larger batch is hardly faster. */
  private static final int MOST_ROWS = 256;

  /** Wide rows lose more by leaving the caches than they gain beyond this. */
  private static final int LEAST_ROWS = 48;

  /** Of one of the matrices that a batch needs; 1 MB. */
  private static final int CELLS = 1 << 17;

  private final ModelBundle bundle;
  private final OnnxMembers members;
  private final MeanNegativeElbo negativeElbo;
  private final int batch;
  private final double goldenError;

  /** Calls of score hold the read lock, close the write lock. */
  private final ReadWriteLock lock = new ReentrantReadWriteLock();

  private boolean closed;

  private Scorer(ModelBundle bundle, OnnxMembers members) {
    this.bundle = bundle;
    this.members = members;
    this.negativeElbo = members.negativeElbo();
    int features = bundle.frontEnd().features();
    this.batch = Math.max(LEAST_ROWS, Math.min(MOST_ROWS, CELLS / features));
    this.goldenError = GoldenGate.largestError(bundle, scoreGolden());
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

  private List<ScoredRow> scoreGolden() {
    GoldenGate.Features golden = GoldenGate.features(bundle);
    return score(golden.x(), golden.mask());
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
   * Scores observations one by one, for a model of single rows.
   *
   * @param values one array per observation, each of D values in engineering units and in the
   *     manifest's order; NaN = missing; not modified
   * @return one row per observation, in order
   * @throws IllegalArgumentException if an array has not D values
   * @throws IllegalStateException if the model is one of windows, the scorer was closed or ONNX
   *     Runtime fails
   */
  public List<ScoredRow> score(List<double[]> values) {
    FrontEnd frontEnd = bundle.frontEnd();
    if (!frontEnd.window().isSingleRow()) {
      throw new IllegalStateException(
          "bundle %s scores windows of %d rows, not single rows"
              .formatted(bundle.id(), frontEnd.window().rows()));
    }
    int sensors = frontEnd.features();
    Rows x = Rows.zeros(values.size(), sensors);
    Mask mask = Mask.all(values.size(), sensors);
    for (int i = 0; i < values.size(); i++) {
      if (values.get(i).length != sensors) {
        throw new IllegalArgumentException(
            "observation %d has %d values, the bundle has %d sensors"
                .formatted(i, values.get(i).length, sensors));
      }
      frontEnd.transform().write(values.get(i), x, mask, i);
    }
    return score(x, mask);
  }

  /**
   * Scores rows with their windows, as {@link dev.elbow.row.RowHistory#write} writes them.
   *
   * @param x N×F, features before whitening; not modified, and kept for as long as the rows are
   * @param mask N×F, which of them were observed; likewise
   * @return one row per row, in order
   * @throws IllegalArgumentException if the widths differ from the bundle's
   * @throws IllegalStateException if the scorer was closed or ONNX Runtime fails
   */
  public List<ScoredRow> score(Rows x, Mask mask) {
    lock.readLock().lock();
    try {
      if (closed) {
        throw new IllegalStateException("the scorer of bundle " + bundle.id() + " was closed");
      }
      List<ScoredRow> rows = new ArrayList<>(x.count());
      if (x.count() <= batch) {
        scoreBatch(x, mask, rows);
        return rows;
      }
      for (int from = 0; from < x.count(); from += batch) {
        int to = Math.min(from + batch, x.count());
        scoreBatch(x.rows(from, to), mask.rows(from, to), rows);
      }
      return rows;
    } finally {
      lock.readLock().unlock();
    }
  }

  private void scoreBatch(Rows x, Mask mask, List<ScoredRow> rows) {
    SensorScores scores = negativeElbo.score(x, mask);
    for (int i = 0; i < x.count(); i++) {
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
