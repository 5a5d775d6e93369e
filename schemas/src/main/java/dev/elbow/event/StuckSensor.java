package dev.elbow.event;

import java.time.Instant;

/**
 * A sensor that has read exactly the same for clearly longer than ever in training: its values look
 * likely, and nothing is measured. It is told once, when it begins to be clear.
 *
 * @param id of source, sensor and model: the same for the same record, however often it is told
 * @param entity the machine
 * @param timestamp when the row that made it clear was observed
 * @param sensor its name
 * @param value what it reads, engineering units, finite
 * @param rows how many rows in a row it has read that
 * @param longestInTraining how many it did at most in training
 * @param model id of the bundle that says so
 * @param source the record that made it clear
 */
public record StuckSensor(
    String id,
    String entity,
    Instant timestamp,
    String sensor,
    double value,
    long rows,
    long longestInTraining,
    String model,
    Coordinates source)
    implements AnomalyEvent {

  /**
   * @throws IllegalArgumentException if the value is not finite, or the run not longer than in
   *     training
   */
  public StuckSensor {
    Finite.require("value", value);
    if (rows <= longestInTraining) {
      throw new IllegalArgumentException(
          "rows: expected more than the %d of training, found %d"
              .formatted(longestInTraining, rows));
    }
  }

  /** Like the id of an {@link Anomaly}, with the sensor as a fifth line. */
  public static String idOf(Coordinates source, String model, String sensor) {
    return EventId.of(source, model, sensor);
  }
}
