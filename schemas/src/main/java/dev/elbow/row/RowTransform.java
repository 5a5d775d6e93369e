package dev.elbow.row;

import dev.elbow.score.Mask;
import dev.elbow.score.Rows;
import dev.elbow.score.Squash;
import java.util.HashSet;
import java.util.List;

/**
 * Sensor values in engineering units to a model row, and back: standardise by the mean and standard
 * deviation of the fit rows, then {@link Squash}. Equations (32) to (34) of {@code docs/math.md}.
 */
public final class RowTransform {

  private final List<SensorScaling> sensors;
  private final List<String> names;
  private final Squash squash;

  /** Means and scales of the sensors: every value of every record goes by them. */
  private final double[] means;

  private final double[] scales;

  /**
   * @param sensors in the order of the model's columns; D of them, at least one, names distinct
   * @param squash applied to the standardised values
   * @throws IllegalArgumentException if there is no sensor or a name occurs twice
   */
  public RowTransform(List<SensorScaling> sensors, Squash squash) {
    this.sensors = List.copyOf(sensors);
    this.names = sensors.stream().map(SensorScaling::name).toList();
    this.squash = squash;
    this.means = sensors.stream().mapToDouble(SensorScaling::mean).toArray();
    this.scales = sensors.stream().mapToDouble(SensorScaling::scale).toArray();
    if (names.isEmpty() || new HashSet<>(names).size() != names.size()) {
      throw new IllegalArgumentException(
          "sensors: expected at least one, with distinct names, found " + names);
    }
  }

  /** The sensors in the order of the model's columns. */
  public List<SensorScaling> sensors() {
    return sensors;
  }

  /** The sensors' names in the order of the model's columns. */
  public List<String> names() {
    return names;
  }

  /** What is applied to the standardised values. */
  public Squash squash() {
    return squash;
  }

  /** Number of sensors, D. */
  public int features() {
    return sensors.size();
  }

  /**
   * Writes one observation into row {@code i} of a batch. A missing value becomes 0, the mean of
   * the fit rows, and is marked as missing in the mask.
   *
   * @param values D, engineering units in the order of {@link #names}; NaN = missing; not modified
   * @param x N×D; row {@code i} is overwritten
   * @param mask N×D; cells of row {@code i} are marked where missing
   */
  public void write(double[] values, Rows x, Mask mask, int i) {
    double[] v = new double[means.length]; // all begin at the same index: several at once
    for (int d = 0; d < v.length; d++) {
      v[d] = (values[d] - means[d]) / scales[d];
    }
    for (int d = 0; d < v.length; d++) {
      if (Math.abs(v[d]) <= squash.limit()) {
        x.set(i, d, v[d]);
      } else if (Double.isNaN(values[d])) {
        x.set(i, d, 0);
        mask.miss(i, d);
      } else {
        x.set(i, d, squash.apply(v[d]));
      }
    }
  }

  /** A value of sensor {@code d} in model units; NaN stays NaN. */
  double modelValue(int d, double value) {
    return squash.apply((value - means[d]) / scales[d]);
  }

  /** A value of sensor {@code d} in model units, back in engineering units. */
  public double toEngineeringUnits(int d, double modelValue) {
    SensorScaling sensor = sensors.get(d);
    return sensor.mean() + sensor.scale() * squash.invert(modelValue);
  }

  /**
   * A standard deviation of sensor {@code d} in model units, back in engineering units, to first
   * order around {@code modelValue}.
   */
  public double sigmaInEngineeringUnits(int d, double modelValue, double modelSigma) {
    return modelSigma * sensors.get(d).scale() * squash.slopeOfInverse(modelValue);
  }
}
