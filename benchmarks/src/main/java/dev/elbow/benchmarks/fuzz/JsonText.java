package dev.elbow.benchmarks.fuzz;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Observations in JSON, put together from parts so that each can be replaced by something else.
 *
 * @param sensorNames of the model, in its order; nothing in them needs to be escaped
 */
record JsonText(List<String> sensorNames) {

  /** A field for each sensor. */
  List<String> sensors(double[] row) {
    List<String> sensors = new ArrayList<>();
    for (int d = 0; d < row.length; d++) {
      sensors.add(sensor(d, Double.toString(row[d])));
    }
    return sensors;
  }

  String sensor(int d, String value) {
    return "\"" + sensorNames.get(d) + "\":" + value;
  }

  /** The same field with null. */
  String without(String sensor) {
    return sensor.substring(0, sensor.lastIndexOf(':')) + ":null";
  }

  String timestamp(Instant observed) {
    return "\"timestamp\":\"" + observed + "\"";
  }

  String values(List<String> sensors) {
    return "\"values\":{" + String.join(",", sensors) + "}";
  }

  /**
   * @param first a field or several, with commas
   */
  String document(String first, List<String> sensors) {
    return "{" + first + "," + values(sensors) + "}";
  }
}
