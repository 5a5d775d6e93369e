package dev.elbow.trainer.data;

import java.util.Arrays;

/** What one sensor read in a chunk of rows; NaN = missing. {@link SmallestColumn} makes them. */
sealed interface Column {

  /** The value in that row of the chunk, from 0. */
  double value(int row);

  /** Nothing in any row. */
  record Missing() implements Column {
    @Override
    public double value(int row) {
      return Double.NaN;
    }
  }

  /** Values that floats hold exactly, or are rounded to. */
  final class Floats implements Column {

    private final float[] values;

    Floats(double[] values, int count) {
      this.values = new float[count];
      for (int row = 0; row < count; row++) {
        this.values[row] = (float) values[row];
      }
    }

    @Override
    public double value(int row) {
      return values[row];
    }
  }

  /**
   * Whole numbers n that stand for n / 10^decimals: dividing rounds once, as reading the decimal
   * did, so what comes out is the double that went in.
   */
  final class Decimals implements Column {

    private static final int MISSING = Integer.MIN_VALUE;

    private final int[] numbers;
    private final double divisor;

    Decimals(double[] values, int count, double divisor) {
      this.numbers = new int[count];
      this.divisor = divisor;
      for (int row = 0; row < count; row++) {
        double value = values[row];
        numbers[row] = Double.isNaN(value) ? MISSING : (int) Math.rint(value * divisor);
      }
    }

    @Override
    public double value(int row) {
      int number = numbers[row];
      return number == MISSING ? Double.NaN : number / divisor;
    }
  }

  /** Values that need all of a double. */
  final class Doubles implements Column {

    private final double[] values;

    Doubles(double[] values, int count) {
      this.values = Arrays.copyOf(values, count);
    }

    @Override
    public double value(int row) {
      return values[row];
    }
  }
}
