package dev.elbow.detector.entity;

import dev.elbow.alarm.Judgement;
import dev.elbow.score.Mask;
import dev.elbow.score.Rows;
import java.util.List;

/** A row that has its place in its entity's history. */
public final class PlacedRow {

  private final Entity entity;
  private final EntityState state;
  private final List<Long> passed;
  private final double[] values;
  private final int known;
  private final List<Integer> stuck;
  private final boolean lasting;

  /**
   * @param state how the entity stands after it, but for its level
   * @param passed offsets of the records before it that were out of order
   * @param known how many rows the history holds, this one among them
   * @param stuck the sensors that are stuck from this row on
   * @param lasting whether the entity goes on from it; not if it is a repeat that changes nothing
   */
  PlacedRow(
      Entity entity,
      EntityState state,
      List<Long> passed,
      double[] values,
      int known,
      List<Integer> stuck,
      boolean lasting) {
    this.entity = entity;
    this.state = state;
    this.passed = passed;
    this.values = values;
    this.known = known;
    this.stuck = stuck;
    this.lasting = lasting;
  }

  /** How many of the rows the model looks on are known, this one among them. */
  public int known() {
    return known;
  }

  /** How many it must know to score, W. */
  public int needed() {
    return entity.model().rows();
  }

  /** Whether too few are known to score. */
  public boolean isWarmingUp() {
    return known < needed();
  }

  /** The sensors that are stuck from this row on, as columns. */
  public List<Integer> stuck() {
    return stuck;
  }

  /** For how many rows sensor {@code d} has read the same. */
  public long run(int d) {
    return state.runs().rows(d);
  }

  /** What sensor {@code d} read last, engineering units; NaN if it never has been observed. */
  public double lastValue(int d) {
    return state.runs().value(d);
  }

  /** Width F of what {@link #write} writes. */
  public int features() {
    return entity.model().frontEnd().features();
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
   */
  public Judgement settle(double score) {
    return entity.settle(this, score);
  }

  EntityState state() {
    return state;
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
