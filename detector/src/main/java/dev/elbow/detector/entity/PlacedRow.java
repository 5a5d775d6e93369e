package dev.elbow.detector.entity;

import dev.elbow.score.Mask;
import dev.elbow.score.Rows;
import java.util.List;

/** A row that has its place in its entity's history. */
public final class PlacedRow {

  private final Entity entity;
  private final Series series;
  private final List<Long> passed;
  private final double[] values;
  private final int known;
  private final boolean lasting;

  /**
   * @param series after the row
   * @param passed offsets of the records before it that were out of order
   * @param known how many rows the history holds, this one among them
   * @param lasting whether the entity goes on from it; not if it is a repeat that changes nothing
   */
  PlacedRow(
      Entity entity,
      Series series,
      List<Long> passed,
      double[] values,
      int known,
      boolean lasting) {
    this.entity = entity;
    this.series = series;
    this.passed = passed;
    this.values = values;
    this.known = known;
    this.lasting = lasting;
  }

  /** How many of the rows the model looks on are known, this one among them. */
  public int known() {
    return known;
  }

  /** How many it must know to score, W. */
  public int needed() {
    return entity.model().window().rows();
  }

  /** Whether too few are known to score. */
  public boolean isWarmingUp() {
    return known < needed();
  }

  /** Width F of what {@link #write} writes. */
  public int features() {
    return entity.model().window().features(values.length);
  }

  /**
   * Writes the row with its history into row {@code i} of a batch.
   *
   * @throws IllegalStateException if it is warming up, or another row of its entity has been placed
   *     since
   */
  public void write(Rows x, Mask mask, int i) {
    entity.write(this, x, mask, i);
  }

  /**
   * The entity goes on from this row. Rows of an entity are settled in the order in which they were
   * placed.
   *
   * @param score in nats; not finite if the row has none, as while it is warming up
   * @return the smoothed score, in nats; NaN if nothing of this stretch has been scored
   */
  public double settle(double score) {
    return entity.settle(this, score).level().smoothed();
  }

  Series series() {
    return series;
  }

  List<Long> passed() {
    return passed;
  }

  double[] values() {
    return values;
  }

  boolean lasting() {
    return lasting;
  }
}
