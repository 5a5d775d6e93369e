package dev.elbow.trainer.data;

import dev.elbow.input.InvalidInputException;
import dev.elbow.row.RowTransform;
import dev.elbow.row.SensorScaling;
import dev.elbow.score.Squash;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds each sensor's mean and standard deviation over the fit rows, from observed values only.
 *
 * <p>What equation (32) of {@code docs/math.md} divides by.
 */
public final class Standardization {

  /** Where the squash starts, in standard deviations: the measured recipe. */
  public static final Squash SQUASH = new Squash(3);

  /**
   * Relative to the mean: below what a float32 holds (6e-8) and far above what double arithmetic
   * loses, so that what varies by less is the rounding of whoever computed it.
   */
  private static final double ROUNDING = 1e-8;

  private Standardization() {}

  /**
   * Fits the transform from engineering units to model rows.
   *
   * @param rows indices of the fit rows, at least one; not modified
   * @throws InvalidInputException if a sensor has no value in any of these rows, or values so large
   *     or so close that a double cannot hold their mean and standard deviation
   */
  public static RowTransform fit(SensorTable table, int[] rows) {
    List<SensorScaling> sensors = new ArrayList<>(table.features());
    for (int d = 0; d < table.features(); d++) {
      sensors.add(scaling(table, rows, d));
    }
    return new RowTransform(sensors, SQUASH);
  }

  /**
   * Two passes, so that a large mean does not cost the variance its digits. The variance is the
   * population's (divided by n). A constant sensor is recognised by its extremes, because rounding
   * may leave it a tiny variance, by which everything else would then be divided; and one whose
   * values differ by their last bits is as good as constant.
   */
  private static SensorScaling scaling(SensorTable table, int[] rows, int d) {
    int observed = 0;
    double sum = 0;
    double least = Double.POSITIVE_INFINITY;
    double greatest = Double.NEGATIVE_INFINITY;
    for (int i : rows) {
      double value = table.value(i, d);
      if (!Double.isNaN(value)) {
        observed++;
        sum += value;
        least = Math.min(least, value);
        greatest = Math.max(greatest, value);
      }
    }
    String name = table.sensors().get(d);
    if (observed == 0) {
      throw new InvalidInputException(
          "sensor %s: no value in the %d rows to fit to; leave it out with --ignore %s"
              .formatted(name, rows.length, name));
    }
    if (least == greatest) {
      return new SensorScaling(name, least, 1);
    }
    double mean = sum / observed;
    double squares = 0;
    for (int i : rows) {
      double value = table.value(i, d);
      if (!Double.isNaN(value)) {
        squares += (value - mean) * (value - mean);
      }
    }
    double scale = Math.sqrt(squares / observed);
    if (!Double.isFinite(mean) || !(scale > 0) || Double.isInfinite(scale)) {
      throw new InvalidInputException(
          "sensor %s: no mean and standard deviation can be computed from its %d values, %s to %s;"
                  .formatted(name, observed, least, greatest)
              + " is one of them a mark for a missing value? Empty it, or leave the sensor out with"
              + " --ignore "
              + name);
    }
    return new SensorScaling(name, mean, scale <= ROUNDING * Math.abs(mean) ? 1 : scale);
  }
}
