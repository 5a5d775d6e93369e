package dev.elbow.detector.topology;

import dev.elbow.detector.entity.PlacedRow;
import dev.elbow.detector.metrics.DetectionMetrics;
import dev.elbow.detector.models.LoadedModel;
import dev.elbow.score.Mask;
import dev.elbow.score.Rows;
import dev.elbow.scoring.ScoredRow;
import java.time.Duration;
import java.util.List;

/** Rows with their windows, to be scored by one call of the model. */
final class Batch {

  private final LoadedModel model;
  private final Rows x;
  private final Mask mask;
  private int count;

  /**
   * @param most how many rows there can be
   */
  Batch(LoadedModel model, int most) {
    int features = model.forEntities().frontEnd().features();
    this.model = model;
    this.x = Rows.zeros(most, features);
    this.mask = Mask.all(most, features);
  }

  /** Adds the row that its entity placed last. */
  void add(PlacedRow row) {
    row.write(x, mask, count++);
  }

  /** The scores of the rows, in the order in which they were added. */
  List<ScoredRow> score(DetectionMetrics metrics) {
    if (count == 0) {
      return List.of();
    }
    long start = System.nanoTime();
    List<ScoredRow> scored =
        count == x.count()
            ? model.score(x, mask)
            : model.score(x.rows(0, count), mask.rows(0, count));
    metrics.scored(Duration.ofNanos(System.nanoTime() - start));
    return scored;
  }
}
