package dev.elbow.trainer.evaluate;

import dev.elbow.trainer.data.SensorTable;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/**
 * The lowest threshold that raises no more than a number of false alarms: what a person will stand,
 * in place of a score they cannot read.
 *
 * <p>An alarm speaks for all rows of its entity within {@link #LASTS} of its first; a row above the
 * threshold after that is another alarm, so that a detector that never falls silent raises many. It
 * is false if its first row is normal; rows of events raise none. The number of false alarms is
 * then the least number of stretches of that length which hold all normal rows above the threshold,
 * so it never falls as the threshold does, and there is one lowest.
 */
final class AlarmsPerDay {

  /** What was reported within the hour is not news. */
  static final Duration LASTS = Duration.ofHours(1);

  private final SensorTable table;
  private final List<int[]> series;

  /**
   * @param table with timestamps
   */
  AlarmsPerDay(SensorTable table) {
    this.table = table;
    this.series =
        table.series().stream()
            .map(rows -> Arrays.stream(rows).filter(i -> !table.anomalous(i)).toArray())
            .toList();
  }

  /**
   * The threshold.
   *
   * @param scores one per row of the table; NaN is never above it; not modified
   * @param allowed false alarms there may be in all, at least 0
   * @return above it is an alarm; −∞ if all rows may be
   */
  double threshold(double[] scores, long allowed) {
    if (falseAlarms(scores, Double.NEGATIVE_INFINITY) <= allowed) {
      return Double.NEGATIVE_INFINITY;
    }
    double[] ascending =
        series.stream()
            .flatMapToInt(Arrays::stream)
            .mapToDouble(i -> scores[i])
            .filter(score -> !Double.isNaN(score))
            .sorted()
            .toArray();
    int low = 0;
    int high = ascending.length - 1; // above the greatest there is none
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (falseAlarms(scores, ascending[middle]) <= allowed) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return ascending[low];
  }

  /** How many false alarms a threshold raises. */
  long falseAlarms(double[] scores, double threshold) {
    long count = 0;
    for (int[] rows : series) {
      Instant silentUntil = Instant.MIN;
      for (int i : rows) {
        Instant time = table.timestamp(i).orElseThrow();
        if (scores[i] > threshold && !time.isBefore(silentUntil)) {
          count++;
          silentUntil = time.plus(LASTS);
        }
      }
    }
    return count;
  }
}
