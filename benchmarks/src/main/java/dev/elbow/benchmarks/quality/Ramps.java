package dev.elbow.benchmarks.quality;

import dev.elbow.alarm.AlarmLevel;
import dev.elbow.benchmarks.quality.DriftRun.Both;
import dev.elbow.bundle.Lineage;
import dev.elbow.row.RowTransform;
import dev.elbow.scoring.Scorer;
import dev.elbow.trainer.data.SensorTable;
import dev.elbow.trainer.data.SensorTableBuilder;
import dev.elbow.trainer.data.Stretches;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.function.Function;

/**
 * Slow ramps on one sensor of an otherwise normal machine.
 *
 * <p>The normal rows are the held-out ones, over and over from a random one on, because they stand
 * as the rule's idea of normal: rows from later may have drifted, and the question here is what a
 * rule sees of a drift that is known. Where they begin again there is a jump; and by chance there
 * are false alarms. So every ramp has a twin of the same rows without it, and what is on in the
 * twin too is not counted. A ramp is raised as ALARM or SHIFT once that is on for {@value #ROWS_ON}
 * rows in a row in which it is not on in the twin: so many as an onset lasts, and more than a score
 * near the threshold differs by for a hair's breadth of ramp.
 */
final class Ramps {

  /** Final heights, in standard deviations of the sensor over the fit rows. */
  static final List<Double> SIZES = List.of(2.0, 3.0, 4.0);

  private static final int ROWS_ON = 3;

  /** Normal rows before the ramp, and rows at its full height after it: two fast clocks each. */
  private static final int ROWS_BESIDE = 200;

  private final Scorer scorer;
  private final SensorTable normal;
  private final int[] sensors;
  private final Random random;
  private final Duration step;

  /**
   * @param normal rows of one series with timestamps, in the order of time
   * @param sensors those that may drift, at least one
   */
  Ramps(Scorer scorer, SensorTable normal, int[] sensors, Random random) {
    this.scorer = scorer;
    this.normal = normal;
    this.sensors = sensors;
    this.random = random;
    this.step = Stretches.continuityOf(normal, 1).usualStep().orElse(Duration.ofSeconds(1));
  }

  /**
   * What became of one ramp. Heights are in standard deviations, empty where it was not raised.
   *
   * @param size its final height
   * @param rows over which it rises
   * @param fixed its height when the fixed threshold alarmed
   * @param alarm when two clocks said ALARM
   * @param shift when two clocks said SHIFT
   */
  record Ramp(
      double size, int rows, OptionalDouble fixed, OptionalDouble alarm, OptionalDouble shift) {

    /** Its height when two clocks first said either. */
    OptionalDouble either() {
      return alarm.isEmpty() || (shift.isPresent() && shift.getAsDouble() < alarm.getAsDouble())
          ? shift
          : alarm;
    }
  }

  /**
   * Adds ramps, scores and judges.
   *
   * @param lengths over how many rows they rise
   * @param each of every size and length
   */
  List<Ramp> run(List<Integer> lengths, int each, Function<SensorTable, Both<Standings>> judge) {
    List<Ramp> ramps = new ArrayList<>();
    for (int length : lengths) {
      for (int k = 0; k < each; k++) {
        SensorTable table = twinAndRamps(length);
        Both<Standings> standings = judge.apply(table);
        for (int size = 0; size < SIZES.size(); size++) {
          ramps.add(ramp(standings, length, size));
        }
      }
    }
    return ramps;
  }

  /** A twin and a ramp of each size, on the same sensor of the same rows. */
  private SensorTable twinAndRamps(int length) {
    int sensor = sensors[random.nextInt(sensors.length)];
    double sign = random.nextBoolean() ? 1 : -1;
    int first = random.nextInt(normal.count());
    RowTransform transform = scorer.bundle().rowTransform();
    int[] columns = normal.columnsOf(transform.names());
    double unit = sign * transform.sensors().get(sensor).scale();
    SensorTableBuilder table = SensorTable.of(transform.names());
    for (int version = 0; version <= SIZES.size(); version++) {
      double size = version == 0 ? 0 : SIZES.get(version - 1);
      for (int k = 0; k < rows(length); k++) {
        double[] row = normal.row((first + k) % normal.count(), columns);
        row[sensor] += unit * size * share(k, length);
        table.add(row).at(Instant.EPOCH.plus(step.multipliedBy(k))).of("version-" + version);
      }
    }
    return table.build(new Lineage.Generated("held-out rows with ramps"));
  }

  private static int rows(int length) {
    return length + 2 * ROWS_BESIDE;
  }

  /** How much of its final height a ramp has reached. */
  private static double share(int row, int length) {
    return Math.max(0, Math.min(1, (row - ROWS_BESIDE + 1.0) / length));
  }

  private static Ramp ramp(Both<Standings> standings, int length, int size) {
    return new Ramp(
        SIZES.get(size),
        length,
        height(standings.fixed(), length, size, AlarmLevel.ALARM),
        height(standings.twoClocks(), length, size, AlarmLevel.ALARM),
        height(standings.twoClocks(), length, size, AlarmLevel.SHIFT));
  }

  private static OptionalDouble height(
      Standings standings, int length, int size, AlarmLevel level) {
    int start = (size + 1) * rows(length);
    int on = 0;
    for (int k = ROWS_BESIDE; k < rows(length); k++) {
      boolean news = standings.level(start + k) == level && standings.level(k) != level;
      on = news ? on + 1 : 0;
      if (on == ROWS_ON) {
        return OptionalDouble.of(SIZES.get(size) * share(k, length));
      }
    }
    return OptionalDouble.empty();
  }
}
