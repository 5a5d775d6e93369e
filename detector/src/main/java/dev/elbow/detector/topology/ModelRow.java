package dev.elbow.detector.topology;

import dev.elbow.detector.models.LoadedModel;
import dev.elbow.event.Observation;
import java.util.Arrays;
import java.util.Map;

/** An observation's values in the order of a model's columns, and how well the two match. */
final class ModelRow {

  private final double[] values;
  private final int observed;
  private final int extra;

  private ModelRow(double[] values, int observed, int extra) {
    this.values = values;
    this.observed = observed;
    this.extra = extra;
  }

  static ModelRow of(Observation observation, LoadedModel model) {
    double[] values = new double[model.sensors().size()];
    Arrays.fill(values, Double.NaN);
    int extra = 0;
    for (Map.Entry<String, Double> sensor : observation.values().entrySet()) {
      Integer column = model.columns().get(sensor.getKey());
      if (column == null) {
        extra++;
      } else {
        values[column] = sensor.getValue();
      }
    }
    return new ModelRow(values, observation.values().size() - extra, extra);
  }

  /** D values, engineering units, NaN where missing: shared, not a copy. */
  double[] values() {
    return values;
  }

  /** How many of the model's sensors were observed, 0 to D. */
  int observed() {
    return observed;
  }

  /** How many of the model's sensors were not. */
  int missing() {
    return values.length - observed;
  }

  /** How many of the observation's sensors the model does not know. */
  int extra() {
    return extra;
  }
}
