package dev.elbow.alarm;

import java.util.Arrays;

/**
 * For how many rows each sensor of one entity has read exactly the same: a value. A row in which a
 * sensor is missing does not count for it, and ends no run.
 */
public final class Runs {

  private final double[] values;
  private final int[] rows;

  private Runs(double[] values, int[] rows) {
    this.values = values;
    this.rows = rows;
  }

  /** Before the first row. */
  public static Runs none(int sensors) {
    double[] values = new double[sensors];
    Arrays.fill(values, Double.NaN);
    return new Runs(values, new int[sensors]);
  }

  /**
   * As they were.
   *
   * @param values D, what each sensor read last, NaN before it was first observed; copied
   * @param rows D, for how many rows, 0 before it was first observed; copied
   * @throws IllegalArgumentException if there are not as many of the one as of the other
   */
  public static Runs of(double[] values, int[] rows) {
    if (values.length != rows.length) {
      throw new IllegalArgumentException(
          "runs: expected as many lengths as values, found %d and %d"
              .formatted(rows.length, values.length));
    }
    return new Runs(values.clone(), rows.clone());
  }

  /**
   * After one more row.
   *
   * @param next D values, engineering units, NaN = missing; kept where none is missing, not to be
   *     modified from now on
   * @throws IllegalArgumentException if there are not as many as sensors
   */
  public Runs next(double[] next) {
    if (next.length != values.length) {
      throw new IllegalArgumentException(
          "runs: expected %d values, found %d".formatted(values.length, next.length));
    }
    double[] last = next;
    int[] lengths = new int[rows.length];
    for (int d = 0; d < lengths.length; d++) {
      if (next[d] == values[d]) {
        lengths[d] = Math.min(Integer.MAX_VALUE - 1, rows[d]) + 1;
      } else if (!Double.isNaN(next[d])) {
        lengths[d] = 1;
      } else {
        last = last == next ? next.clone() : last;
        last[d] = values[d];
        lengths[d] = rows[d];
      }
    }
    return new Runs(last, lengths);
  }

  /** Number of sensors, D. */
  public int sensors() {
    return rows.length;
  }

  /** The run of sensor {@code d} so far, in rows; 0 before it was first observed. */
  public int rows(int d) {
    return rows[d];
  }

  /** What sensor {@code d} read last, engineering units; NaN before it was first observed. */
  public double value(int d) {
    return values[d];
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Runs runs
        && Arrays.equals(values, runs.values)
        && Arrays.equals(rows, runs.rows);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(values) + Arrays.hashCode(rows);
  }
}
