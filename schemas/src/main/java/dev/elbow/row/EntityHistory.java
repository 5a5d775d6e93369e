package dev.elbow.row;

import dev.elbow.row.Continuity.Step;
import java.time.Instant;
import java.util.Optional;

/**
 * The rows of one entity as they come: its {@link RowHistory} kept by the rule of {@link
 * Continuity}.
 *
 * <p>It is not safe for use by several threads.
 */
public final class EntityHistory {

  private final RowHistory rows;
  private final Continuity continuity;
  private Optional<Instant> newest = Optional.empty();
  private int outOfOrder;

  /** Nothing is known of the entity yet. */
  public EntityHistory(RowTransform transform, Window window, Continuity continuity) {
    this.rows = new RowHistory(transform, window);
    this.continuity = continuity;
  }

  /**
   * Adds a row, unless it is out of order; after a gap the rows before it are forgotten.
   *
   * @param time when it was observed; without a time it follows
   * @param values D, engineering units, NaN = missing; not modified
   * @return how it relates to the rows before it
   */
  public Step add(Optional<Instant> time, double[] values) {
    Step step =
        time.isPresent() && newest.isPresent()
            ? continuity.step(newest.get(), outOfOrder, time.get())
            : Step.FOLLOWS;
    if (step == Step.OUT_OF_ORDER) {
      outOfOrder++;
      return step;
    }
    if (step == Step.AFTER_GAP) {
      rows.clear();
    }
    outOfOrder = 0;
    newest = time;
    rows.add(values);
    return step;
  }

  /** The rows it holds; shared. */
  public RowHistory rows() {
    return rows;
  }
}
