package dev.elbow.trainer.data;

/**
 * Puts what a sensor read into four bytes a value wherever that gives back to the last bit what was
 * put in: as floats, or as whole numbers of some power of a tenth, which is what sensors with a few
 * decimals read.
 */
final class SmallestColumn {

  /** A whole number of 32 bits has nine or ten digits. */
  private static final int MOST_DECIMALS = 9;

  /** Powers of ten, which are doubles exactly. */
  private static final double[] POWERS_OF_TEN = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9};

  private SmallestColumn() {}

  /** Whether all of these are missing. */
  private static boolean isMissing(double[] values, int count) {
    for (int row = 0; row < count; row++) {
      if (!Double.isNaN(values[row])) {
        return false;
      }
    }
    return true;
  }

  private static boolean areFloats(double[] values, int count) {
    for (int row = 0; row < count; row++) {
      double value = values[row];
      if ((float) value != value && !Double.isNaN(value)) {
        return false;
      }
    }
    return true;
  }

  /** With how many decimals all of these are whole numbers of 32 bits; −1 if there is no such. */
  private static int decimalsOf(double[] values, int count) {
    int decimals = 0;
    double greatest = 0;
    for (int row = 0; row < count; row++) {
      double value = values[row];
      if (Double.isNaN(value)) {
        continue;
      }
      while (!isWhole(value, decimals)) {
        decimals++;
        if (decimals > MOST_DECIMALS) {
          return -1;
        }
      }
      greatest = Math.max(greatest, Math.abs(value));
    }
    return Math.rint(greatest * POWERS_OF_TEN[decimals]) <= Integer.MAX_VALUE ? decimals : -1;
  }

  /** A zero below zero is no whole number. */
  private static boolean isWhole(double value, int decimals) {
    double divisor = POWERS_OF_TEN[decimals];
    double number = Math.rint(value * divisor);
    return Math.abs(number) <= Integer.MAX_VALUE
        && Double.doubleToRawLongBits((int) number / divisor) == Double.doubleToRawLongBits(value);
  }

  /**
   * The smallest form.
   *
   * @param values NaN = missing; copied
   * @param count how many of them count
   */
  static Column of(double[] values, int count) {
    if (isMissing(values, count)) {
      return new Column.Missing();
    }
    if (areFloats(values, count)) {
      return new Column.Floats(values, count);
    }
    int decimals = decimalsOf(values, count);
    return decimals < 0
        ? new Column.Doubles(values, count)
        : new Column.Decimals(values, count, POWERS_OF_TEN[decimals]);
  }

  /** These as floats, which rounds them to 24 bits. */
  static Column rounded(double[] values, int count) {
    return new Column.Floats(values, count);
  }
}
