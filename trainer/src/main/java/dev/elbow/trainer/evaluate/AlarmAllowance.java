package dev.elbow.trainer.evaluate;

import dev.elbow.trainer.data.RowsPerMonth;
import dev.elbow.trainer.data.SensorTable;
import java.util.Locale;
import java.util.Optional;

/**
 * How many false alarms a table may have at a number of them a day.
 *
 * @param perDay false alarms a day, over all entities, at least 0
 * @param days how long the normal rows last, all entities together
 */
public record AlarmAllowance(double perDay, double days) {

  /** One a day is what a shift can look into. */
  public static final double ALARMS_PER_DAY = 1;

  /** A twelfth of the Gregorian calendar's mean year. */
  private static final double DAYS_PER_MONTH = 365.2425 / 12;

  /**
   * @throws IllegalArgumentException if the alarms are negative or no number
   */
  public AlarmAllowance {
    if (!(perDay >= 0 && Double.isFinite(perDay))) {
      throw new IllegalArgumentException(
          "alarms per day: expected a number of at least 0, found " + perDay);
    }
  }

  /** For a table; empty if it is no series. The entities' usual steps say how long rows last. */
  static Optional<AlarmAllowance> of(SensorTable table, double perDay) {
    return RowsPerMonth.of(table).stream()
        .mapToObj(
            rows -> new AlarmAllowance(perDay, table.normalRows().length * DAYS_PER_MONTH / rows))
        .findFirst();
  }

  /** How many there may be: the whole part. */
  long falseAlarms() {
    return (long) (perDay * days);
  }

  /** What "at N a day" means, for people. */
  String explanation() {
    return String.format(
        Locale.ROOT,
        "at N a day: events found at the lowest threshold with at most %s false alarms a day, here %,d"
            + " in the %.2f%ndays of normal rows. An alarm speaks for its entity for an hour; false is"
            + " one on a normal row.",
        perDay,
        falseAlarms(),
        days);
  }
}
