package dev.elbow.trainer.data;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.stream.LongStream;

/**
 * How many rows come in a month, by the timestamps of a table.
 *
 * <p>Of each entity the usual step counts, the median of its rows' distances: a gap in the table is
 * a time that was not recorded and not one without rows.
 */
public final class RowsPerMonth {

  /** A twelfth of the Gregorian calendar's mean year of 365.2425 days. */
  private static final double MONTH_NANOS = 365.2425 / 12 * Duration.ofDays(1).toNanos();

  private RowsPerMonth() {}

  /**
   * Rows of all entities together.
   *
   * @return positive; empty if the table has no timestamps, or no entity rows at two times
   */
  public static OptionalDouble of(SensorTable table) {
    if (!table.hasTimestamps()) {
      return OptionalDouble.empty();
    }
    double[] perEntity =
        table.series().stream()
            .map(series -> medianStep(table, series))
            .filter(OptionalDouble::isPresent)
            .mapToDouble(step -> MONTH_NANOS / step.getAsDouble())
            .toArray();
    if (perEntity.length == 0) {
      return OptionalDouble.empty();
    }
    double mean = Arrays.stream(perEntity).average().orElseThrow();
    return OptionalDouble.of(mean * table.series().size());
  }

  /** In nanoseconds; rows of one time have no step between them. */
  private static OptionalDouble medianStep(SensorTable table, int[] series) {
    long[] steps =
        LongStream.range(1, series.length)
            .map(k -> between(table, series[(int) k - 1], series[(int) k]))
            .filter(step -> step > 0)
            .sorted()
            .toArray();
    if (steps.length == 0) {
      return OptionalDouble.empty();
    }
    return OptionalDouble.of(0.5 * (steps[(steps.length - 1) / 2] + steps[steps.length / 2]));
  }

  private static long between(SensorTable table, int earlier, int later) {
    Instant from = table.timestamp(earlier).orElseThrow();
    return Duration.between(from, table.timestamp(later).orElseThrow()).toNanos();
  }
}
