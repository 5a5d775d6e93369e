package dev.elbow.row;

/**
 * How one sensor is standardised.
 *
 * @param name the sensor's name in observations
 * @param mean mean over the fit rows, engineering units
 * @param scale standard deviation over the fit rows, engineering units, positive; 1 for a sensor
 *     that was constant there, so that it still scores when it later moves
 */
public record SensorScaling(String name, double mean, double scale) {

  /**
   * @throws IllegalArgumentException if the mean is not finite or the scale not positive and finite
   */
  public SensorScaling {
    if (!Double.isFinite(mean) || !(scale > 0) || Double.isInfinite(scale)) {
      throw new IllegalArgumentException(
          "sensor %s: mean %s and scale %s; expected finite numbers and scale > 0"
              .formatted(name, mean, scale));
    }
  }
}
