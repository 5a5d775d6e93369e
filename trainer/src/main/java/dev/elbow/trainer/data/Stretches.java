package dev.elbow.trainer.data;

import dev.elbow.row.Continuity;
import dev.elbow.row.Continuity.Step;
import dev.elbow.row.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * The normal rows of a table as stretches in which one row follows another: of one entity, in the
 * order of time, without a gap or an anomalous row between them. Windows never reach from one
 * stretch into another.
 */
public final class Stretches {

  private final List<List<int[]>> byEntity;

  private Stretches(List<List<int[]>> byEntity) {
    this.byEntity = byEntity;
  }

  /**
   * Divides a table.
   *
   * @param continuity what a gap is
   * @param skipped rows that belong to no stretch, as if they were not there: those that could not
   *     be scored, which nothing remembers
   */
  public static Stretches of(SensorTable table, Continuity continuity, IntPredicate skipped) {
    return new Stretches(
        table.series().stream().map(series -> divide(table, series, continuity, skipped)).toList());
  }

  /** A row labelled anomalous ends its stretch: a window that remembers one is not normal. */
  private static List<int[]> divide(
      SensorTable table, int[] series, Continuity continuity, IntPredicate skipped) {
    List<int[]> stretches = new ArrayList<>();
    IntStream.Builder stretch = IntStream.builder();
    OptionalInt before = OptionalInt.empty();
    for (int row : series) {
      boolean anomalous = table.anomalous(row);
      if (!anomalous && skipped.test(row)) {
        continue;
      }
      if (anomalous || (before.isPresent() && isGap(table, continuity, before.getAsInt(), row))) {
        add(stretch.build().toArray(), stretches);
        stretch = IntStream.builder();
      }
      if (!anomalous) {
        stretch.add(row);
      }
      before = anomalous ? OptionalInt.empty() : OptionalInt.of(row);
    }
    add(stretch.build().toArray(), stretches);
    return stretches;
  }

  private static boolean isGap(SensorTable table, Continuity continuity, int row, int next) {
    Optional<Instant> before = table.timestamp(row);
    Optional<Instant> after = table.timestamp(next);
    return before.isPresent()
        && after.isPresent()
        && continuity.step(before.get(), 0, after.get()) == Step.AFTER_GAP;
  }

  private static void add(int[] stretch, List<int[]> stretches) {
    if (stretch.length > 0) {
      stretches.add(stretch);
    }
  }

  /**
   * What one row's following another means in a table: the usual step is the median of the positive
   * differences in time between an entity's consecutive rows, the largest of any entity's, so that
   * no entity is taken for one gap after another.
   *
   * @param gapSteps a step of more than this many usual ones is a gap; at least 1
   */
  public static Continuity continuityOf(SensorTable table, double gapSteps) {
    Optional<Duration> usual =
        table.series().stream()
            .flatMapToLong(series -> medianStepMicros(table, series))
            .boxed()
            .max(Long::compare)
            .map(micros -> Duration.ofNanos(Math.multiplyExact(1000L, micros)));
    return new Continuity(usual, gapSteps);
  }

  private static LongStream medianStepMicros(SensorTable table, int[] series) {
    long[] steps =
        IntStream.range(1, series.length)
            .mapToLong(k -> stepMicros(table, series[k - 1], series[k]))
            .filter(step -> step > 0)
            .sorted()
            .toArray();
    return steps.length == 0 ? LongStream.empty() : LongStream.of(steps[steps.length / 2]);
  }

  private static long stepMicros(SensorTable table, int row, int next) {
    return table
        .timestamp(row)
        .flatMap(before -> table.timestamp(next).map(after -> Duration.between(before, after)))
        .map(step -> step.toNanos() / 1000)
        .orElse(0L);
  }

  /** The stretches of every entity, all in the order of time; the arrays are shared. */
  List<List<int[]>> byEntity() {
    return byEntity;
  }

  /** The stretches, each in the order of time; the arrays are shared. */
  public List<int[]> all() {
    return byEntity.stream().flatMap(List::stream).toList();
  }

  /** Whether a row has a window behind it, by row. */
  public BitSet windowed(Window window) {
    BitSet windowed = new BitSet();
    for (int[] stretch : all()) {
      Arrays.stream(stretch).skip(window.rows() - 1L).forEach(windowed::set);
    }
    return windowed;
  }

  /**
   * The rows of a window.
   *
   * @param newest its newest row
   * @return W rows, the oldest first
   * @throws IllegalArgumentException if no whole window lies behind that row
   */
  public int[] rowsOf(Window window, int newest) {
    for (int[] stretch : all()) {
      for (int k = window.rows() - 1; k < stretch.length; k++) {
        if (stretch[k] == newest) {
          return Arrays.copyOfRange(stretch, k - window.rows() + 1, k + 1);
        }
      }
    }
    throw new IllegalArgumentException(
        "row %d has no window of %d rows behind it".formatted(newest, window.rows()));
  }

  /** How many rows have a window behind them. */
  public int windows(Window window) {
    return all().stream()
        .mapToInt(stretch -> Math.max(0, stretch.length - window.rows() + 1))
        .sum();
  }
}
