package dev.elbow.demo.plant;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Random;

/** What all pumps share and no sensor measures: water levels and the air of the hall. */
final class Surroundings {

  private final ColouredNoise sump;
  private final ColouredNoise tank;
  private final ColouredNoise weather;

  Surroundings(Random random) {
    sump = new ColouredNoise(random, 0.25, 6 * 60);
    tank = new ColouredNoise(random, 0.4, 12 * 60);
    weather = new ColouredNoise(random, 1.5, 3 * 24 * 60);
  }

  /**
   * One minute of them.
   *
   * @param sumpLevel water above the suction flange, m
   * @param liftHeight from the sump's level to the tank's, m
   * @param airTemperature °C
   */
  record Minute(double sumpLevel, double liftHeight, double airTemperature) {}

  /** The next minute. */
  Minute next(Instant time) {
    double sumpLevel = 4 + sump.next();
    double minuteOfDay = time.atOffset(ZoneOffset.UTC).toLocalTime().toSecondOfDay() / 60.0;
    double warmest = 15 * 60;
    double day = Math.cos(2 * Math.PI * (minuteOfDay - warmest) / (24 * 60));
    return new Minute(
        sumpLevel, 24 + tank.next() - (sumpLevel - 4), 20 + 2.5 * day + weather.next());
  }
}
