package dev.elbow.demo.plant;

import java.util.Arrays;
import java.util.List;

/** What is measured at each pump, in the order of the columns. */
public enum PumpSensor {
  /** Volume delivered past the flow meter, m³/h. */
  FLOW("flow_m3h", 0.1, 1.6, 40),
  /** Gauge pressure before the impeller, bar. */
  SUCTION_PRESSURE("suction_bar", 0.001, 0.004, 0.15),
  /** Gauge pressure behind the impeller, bar. */
  DISCHARGE_PRESSURE("discharge_bar", 0.001, 0.015, 0.5),
  /** Current of one motor phase, A. */
  MOTOR_CURRENT("current_a", 0.1, 0.5, 9),
  /** Shaft speed, revolutions per minute. */
  SPEED("speed_rpm", 1, 2, 60),
  /** Root mean square of the casing's velocity, mm/s. */
  VIBRATION("vibration_mms", 0.01, 0.08, 1.5),
  /** Temperature of the bearing next to the coupling, °C. */
  BEARING_TEMPERATURE("bearing_c", 0.1, 0.25, 10),
  /** Temperature of the motor's winding, °C. */
  WINDING_TEMPERATURE("winding_c", 0.1, 0.4, 15),
  /** Opening of the discharge valve, %. */
  VALVE_POSITION("valve_pct", 0.1, 0.2, 12);

  private final String column;
  private final double resolution;
  private final double noise;
  private final double offset;

  PumpSensor(String column, double resolution, double noise, double offset) {
    this.column = column;
    this.resolution = resolution;
    this.noise = noise;
    this.offset = offset;
  }

  /** The sensor's name in tables and events; it ends in the unit. */
  public String column() {
    return column;
  }

  /** The names of all sensors, in order. */
  public static List<String> columns() {
    return Arrays.stream(values()).map(PumpSensor::column).toList();
  }

  /** Standard deviation of the instrument's own white noise, in the sensor's unit. */
  double noise() {
    return noise;
  }

  /** What an offset of severity 1 adds, in the sensor's unit. */
  double offset() {
    return offset;
  }

  /** The nearest value the instrument can show. */
  double shown(double value) {
    // Dividing by the whole number of steps per unit gives the double nearest to the decimal.
    double stepsPerUnit = Math.rint(1 / resolution);
    return Math.rint(value * stepsPerUnit) / stepsPerUnit;
  }
}
