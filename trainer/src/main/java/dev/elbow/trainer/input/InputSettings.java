package dev.elbow.trainer.input;

import dev.elbow.row.Continuity;
import dev.elbow.row.Window;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What was asked for of a model's input.
 *
 * @param window what the model sees of an entity's rows; empty = decided from the data
 * @param ridge of the whitening, in squared standard deviations, positive; empty = the one that
 *     goes with the window
 * @param gapSteps a step of more than this many usual ones is a gap; at least 1
 */
public record InputSettings(Optional<Window> window, OptionalDouble ridge, double gapSteps) {

  /** Everything decided from the data. */
  public static final InputSettings AUTO =
      new InputSettings(Optional.empty(), OptionalDouble.empty(), Continuity.GAP_STEPS);

  /** Single rows, whatever the data. */
  public static final InputSettings ROWS = AUTO.withWindow(Window.SINGLE_ROW);

  /**
   * @throws IllegalArgumentException if a number is outside its range
   */
  public InputSettings {
    if (ridge.isPresent() && !(ridge.getAsDouble() > 0 && Double.isFinite(ridge.getAsDouble()))) {
      throw new IllegalArgumentException(
          "ridge: expected a positive number, found " + ridge.getAsDouble());
    }
    if (!(gapSteps >= 1) || Double.isInfinite(gapSteps)) {
      throw new IllegalArgumentException("gap: expected at least 1 step, found " + gapSteps);
    }
  }

  /** The same with a window given. */
  public InputSettings withWindow(Window given) {
    return new InputSettings(Optional.of(given), ridge, gapSteps);
  }
}
