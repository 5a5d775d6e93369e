package dev.elbow.demo.plant;

import java.time.Instant;
import java.time.ZoneOffset;

/** How hard the station works, which follows the town's demand for water. */
public enum OperatingMode {
  /** 22 to 6 o'clock: slow, throttled. */
  NIGHT(0.80, 0.72),
  /** Between the peaks. */
  DAY(0.90, 0.85),
  /** 6 to 9 and 18 to 20 o'clock: full speed. */
  BOOST(1.00, 0.95);

  private final double speed;
  private final double valve;

  OperatingMode(double speed, double valve) {
    this.speed = speed;
    this.valve = valve;
  }

  /** Speed asked for, as a fraction of nominal. */
  double speed() {
    return speed;
  }

  /** Valve opening asked for, as a fraction of fully open. */
  double valve() {
    return valve;
  }

  /** The mode at a time of day, UTC. */
  public static OperatingMode at(Instant time) {
    int hour = time.atOffset(ZoneOffset.UTC).getHour();
    if (hour < 6 || hour >= 22) {
      return NIGHT;
    }
    return hour < 9 || (hour >= 18 && hour < 20) ? BOOST : DAY;
  }
}
