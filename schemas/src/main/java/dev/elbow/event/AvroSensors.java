package dev.elbow.event;

/**
 * Sensors that follow one another in a record and are written alike. A machine of many sensors has
 * one run of them: where they are doubles, as most are, it is copied at once.
 */
final class AvroSensors {

  private final AvroNumber number;
  private final int[] sensors;
  private final double[] values;

  /**
   * @param sensors their numbers in {@link SensorNames}, in the order in which they are written
   */
  AvroSensors(AvroNumber number, int[] sensors) {
    this.number = number;
    this.sensors = sensors;
    this.values = new double[number.isDouble() ? sensors.length : 0];
  }

  void read(AvroCursor in, RowDraft row) throws Fault {
    if (number.isDouble()) {
      readDoubles(in, row);
      return;
    }
    for (int sensor : sensors) {
      double value = number.read(in, row.names(), sensor);
      if (!Double.isNaN(value)) {
        row.put(sensor, value);
      }
    }
  }

  private void readDoubles(AvroCursor in, RowDraft row) throws Fault {
    in.float64s(values);
    for (int k = 0; k < values.length; k++) {
      if (!Double.isFinite(values[k])) {
        throw Fault.notFinite(row.names().text(sensors[k]));
      }
    }
    row.put(sensors, values);
  }
}
