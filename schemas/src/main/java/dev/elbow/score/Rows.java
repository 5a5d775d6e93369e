package dev.elbow.score;

import java.util.Arrays;

/**
 * A dense matrix of doubles, row-major, one row per observation.
 *
 * <p>It is the common tongue of the trainer's matrices and the detector's tensors. The array is
 * shared, not copied: whoever holds a {@code Rows} may read and write its cells, its shape never
 * changes.
 */
public final class Rows {

  private final int count;
  private final int columns;
  private final double[] values;

  private Rows(int count, int columns, double[] values) {
    if (count < 0 || columns < 0 || (long) count * columns != values.length) {
      throw new IllegalArgumentException(
          "rows: %d values cannot be %d×%d".formatted(values.length, count, columns));
    }
    this.count = count;
    this.columns = columns;
    this.values = values;
  }

  /** Zeros. {@code count} rows, {@code columns} columns, both at least 0. */
  public static Rows zeros(int count, int columns) {
    return new Rows(count, columns, new double[Math.multiplyExact(count, columns)]);
  }

  /**
   * The given cells, row by row; the array is shared.
   *
   * @throws IllegalArgumentException if the array does not hold {@code count × columns} values
   */
  public static Rows of(int count, int columns, double[] values) {
    return new Rows(count, columns, values);
  }

  /**
   * A copy of the given rows, which must all be of one length.
   *
   * @throws IllegalArgumentException if two rows differ in length
   */
  public static Rows copyOf(double[][] rows) {
    int columns = rows.length == 0 ? 0 : rows[0].length;
    Rows copy = zeros(rows.length, columns);
    for (int i = 0; i < rows.length; i++) {
      if (rows[i].length != columns) {
        throw new IllegalArgumentException(
            "row %d has %d values, row 0 has %d".formatted(i, rows[i].length, columns));
      }
      System.arraycopy(rows[i], 0, copy.values, i * columns, columns);
    }
    return copy;
  }

  /** Number of rows, N. */
  public int count() {
    return count;
  }

  /** Number of columns. */
  public int columns() {
    return columns;
  }

  /** Cell {@code (i, j)}, both counted from 0. */
  public double get(int i, int j) {
    return values[i * columns + j];
  }

  /** Writes cell {@code (i, j)}, both counted from 0. */
  public void set(int i, int j, double value) {
    values[i * columns + j] = value;
  }

  /** A copy of row {@code i}. */
  public double[] row(int i) {
    return Arrays.copyOfRange(values, i * columns, (i + 1) * columns);
  }

  /** Copies row {@code i} into an array of at least as many numbers. */
  void copyRow(int i, double[] into) {
    System.arraycopy(values, i * columns, into, 0, columns);
  }

  /** A copy of the rows from {@code from} up to {@code to}. */
  public Rows rows(int from, int to) {
    return of(to - from, columns, Arrays.copyOfRange(values, from * columns, to * columns));
  }

  /** Sum of row {@code i}, added from left to right. */
  public double sumOfRow(int i) {
    double sum = 0;
    for (int j = i * columns; j < (i + 1) * columns; j++) {
      sum += values[j];
    }
    return sum;
  }

  /**
   * The sum of some numbers, as four sums of every fourth: a sum of doubles waits for the one
   * before it, and so four go on at once.
   */
  static double sum(double[] numbers) {
    double sum0 = 0;
    double sum1 = 0;
    double sum2 = 0;
    double sum3 = 0;
    int i = 0;
    for (; i < numbers.length - 3; i += 4) {
      sum0 += numbers[i];
      sum1 += numbers[i + 1];
      sum2 += numbers[i + 2];
      sum3 += numbers[i + 3];
    }
    for (; i < numbers.length; i++) {
      sum0 += numbers[i];
    }
    return (sum0 + sum1) + (sum2 + sum3);
  }

  /** The cells themselves, row by row: shared, not a copy. */
  public double[] values() {
    return values;
  }
}
