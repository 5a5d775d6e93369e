package dev.elbow.detector.topology;

import dev.elbow.detector.entity.PlacedRow;
import dev.elbow.detector.metrics.DetectionMetrics;
import dev.elbow.detector.models.LoadedModel;
import dev.elbow.score.Mask;
import dev.elbow.score.Rows;
import dev.elbow.scoring.ScoredRow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.apache.kafka.common.errors.InterruptException;

/**
 * Rows with their windows, to be scored by one model. They are scored in parts: a part that is full
 * is offered to the {@link ScoringThreads} while the next is filled, and what none of them has
 * begun with in the end is scored by the caller. So nothing waits for a thread to be free.
 */
final class Batch {

  /** With fewer, a row of large networks costs more: each call reads all of their weights. */
  private static final int LEAST_ROWS = 32;

  /** With more, a call is hardly faster a row; of small networks it takes some 300 µs. */
  private static final int MOST_ROWS = 256;

  /** Of one of the matrices that a part needs; 512 kB. */
  private static final int CELLS = 1 << 16;

  private final LoadedModel model;
  private final ScoringThreads threads;
  private final DetectionMetrics metrics;
  private final int rowsOfPart;

  /** Parts that are full, all but the last. */
  private final List<FutureTask<List<ScoredRow>>> offered = new ArrayList<>();

  private Part open;

  /**
   * @param most how many rows there can be
   */
  Batch(LoadedModel model, int most, ScoringThreads threads, DetectionMetrics metrics) {
    this.model = model;
    this.threads = threads;
    this.metrics = metrics;
    this.rowsOfPart =
        threads.any() ? rowsOfPart(most, model.forEntities().frontEnd().features()) : most;
    this.open = new Part();
  }

  private static int rowsOfPart(int most, int features) {
    int rows = Math.max(LEAST_ROWS, Math.min(MOST_ROWS, CELLS / features));
    int parts = Math.max(1, most / rows);
    return (most + parts - 1) / parts;
  }

  /** Adds the row that its entity placed last. */
  void add(PlacedRow row) {
    if (open.isFull()) {
      FutureTask<List<ScoredRow>> part = new FutureTask<>(open::score);
      offered.add(part);
      threads.offer(part);
      open = new Part();
    }
    open.add(row);
  }

  /** The scores of the rows, in the order in which they were added. */
  List<ScoredRow> score() {
    List<ScoredRow> last = open.score();
    for (int p = offered.size() - 1; p >= 0; p--) { // the threads begin with the first
      offered.get(p).run(); // does nothing if a thread has begun with it
    }
    List<ScoredRow> scored = new ArrayList<>();
    offered.forEach(part -> scored.addAll(await(part)));
    scored.addAll(last);
    return scored;
  }

  private static List<ScoredRow> await(FutureTask<List<ScoredRow>> part) {
    try {
      return part.get();
    } catch (InterruptedException e) {
      throw new InterruptException(e); // restores the interrupt flag
    } catch (ExecutionException e) {
      throw new IllegalStateException("rows cannot be scored", e.getCause());
    }
  }

  /** Rows that are scored by one call. */
  private final class Part {

    private final Rows x;
    private final Mask mask;
    private int count;

    Part() {
      int features = model.forEntities().frontEnd().features();
      this.x = Rows.zeros(rowsOfPart, features);
      this.mask = Mask.all(rowsOfPart, features);
    }

    boolean isFull() {
      return count == x.count();
    }

    void add(PlacedRow row) {
      row.write(x, mask, count++);
    }

    List<ScoredRow> score() {
      if (count == 0) {
        return List.of();
      }
      long start = System.nanoTime();
      List<ScoredRow> scored =
          isFull() ? model.score(x, mask) : model.score(x.rows(0, count), mask.rows(0, count));
      metrics.scored(Duration.ofNanos(System.nanoTime() - start));
      return scored;
    }
  }
}
