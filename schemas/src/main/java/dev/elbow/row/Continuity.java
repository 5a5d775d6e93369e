package dev.elbow.row;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Whether an entity's rows follow one another closely enough to be one stretch of a series.
 *
 * <p>A row that comes long after the newest one begins a new stretch: what was before it says
 * nothing of how it came about, the history is cleared and the entity warms up again. A row older
 * than the newest is out of order: the history has already moved past it, so it is neither added
 * nor scored, and rejected with a reason that says so. Rows of one time are in order. When {@link
 * #SET_BACK} rows in a row would be out of order it is the clock that was set back, or one row far
 * ahead of it that was wrong, and the next begins a new stretch: no bad timestamp blinds the model
 * to an entity for long.
 *
 * <p>Without a usual step time is not looked at: rows follow one another as they come.
 *
 * @param usualStep time between consecutive rows of the fit data, positive; empty if they had no
 *     timestamps
 * @param gapSteps a step of more than this many usual ones is a gap; at least 1
 */
public record Continuity(Optional<Duration> usualStep, double gapSteps) {

  /** What a gap is unless another multiple is asked for. */
  public static final double GAP_STEPS = 10;

  /**
   * So many rows out of order, without one in order between them, mean that the clock went back.
   */
  public static final int SET_BACK = 10;

  /** Rows in the order in which they come. */
  public static final Continuity RECORD_ORDER = new Continuity(Optional.empty(), GAP_STEPS);

  /** How a row relates to the newest one of its entity. */
  public enum Step {
    /** It carries the series on. */
    FOLLOWS,
    /** It begins a new stretch: it comes so much later, or the clock was set back. */
    AFTER_GAP,
    /** It is older than the newest row. */
    OUT_OF_ORDER
  }

  /**
   * @throws IllegalArgumentException if the step is not positive or the multiple is below 1
   */
  public Continuity {
    if (usualStep.filter(step -> step.isZero() || step.isNegative()).isPresent()
        || !(gapSteps >= 1)
        || Double.isInfinite(gapSteps)) {
      throw new IllegalArgumentException(
          "continuity: expected a positive usual step and a gap of at least 1 step, found %s and %s"
              .formatted(usualStep.map(Duration::toString).orElse("none"), gapSteps));
    }
  }

  /**
   * How the next row relates to the newest one so far.
   *
   * @param newest when the newest row of the entity was observed
   * @param outOfOrder how many rows since the newest were out of order
   * @param next when the row at hand was
   */
  public Step step(Instant newest, int outOfOrder, Instant next) {
    if (usualStep.isEmpty()) {
      return Step.FOLLOWS;
    }
    if (next.isBefore(newest)) {
      return outOfOrder < SET_BACK ? Step.OUT_OF_ORDER : Step.AFTER_GAP;
    }
    double step = seconds(Duration.between(newest, next));
    return step > gapSteps * seconds(usualStep.get()) ? Step.AFTER_GAP : Step.FOLLOWS;
  }

  private static double seconds(Duration duration) {
    return duration.getSeconds() + duration.getNano() * 1e-9;
  }
}
