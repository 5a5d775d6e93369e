package dev.elbow.score;

import java.util.Arrays;

/**
 * Which cells of a batch of rows were observed, N×D. A sensor that is missing is neither zero nor
 * silence: it takes no part in the reconstruction.
 */
public final class Mask {

  private final int columns;
  private final boolean[] observed;

  /** How many cells of each row are missing: most rows are whole, and are taken as such. */
  private final int[] missing;

  private Mask(int columns, boolean[] observed, int[] missing) {
    this.columns = columns;
    this.observed = observed;
    this.missing = missing;
  }

  /** A mask with every cell observed. */
  public static Mask all(int count, int columns) {
    boolean[] observed = new boolean[Math.multiplyExact(count, columns)];
    Arrays.fill(observed, true);
    return new Mask(columns, observed, new int[count]);
  }

  /** Whether cell {@code (i, j)} was observed. */
  public boolean observed(int i, int j) {
    return observed[i * columns + j];
  }

  /** Marks cell {@code (i, j)} as missing. */
  public void miss(int i, int j) {
    int cell = i * columns + j;
    missing[i] += observed[cell] ? 1 : 0;
    observed[cell] = false;
  }

  /** How many cells of row {@code i} were observed, 0 to D. */
  public int observedIn(int i) {
    return columns - missing[i];
  }

  /** How many of the first {@code leading} cells of row {@code i} were observed. */
  public int observedIn(int i, int leading) {
    if (missing[i] == 0) {
      return leading;
    }
    int count = 0;
    for (int j = i * columns; j < i * columns + leading; j++) {
      count += observed[j] ? 1 : 0;
    }
    return count;
  }

  /** A copy of the rows from {@code from} up to {@code to}. */
  public Mask rows(int from, int to) {
    return new Mask(
        columns,
        Arrays.copyOfRange(observed, from * columns, to * columns),
        Arrays.copyOfRange(missing, from, to));
  }

  /** A copy of the given rows, in the given order. */
  public Mask rows(int[] which) {
    Mask chosen = all(which.length, columns);
    for (int i = 0; i < which.length; i++) {
      chosen.missing[i] = missing[which[i]];
      if (chosen.missing[i] > 0) {
        System.arraycopy(observed, which[i] * columns, chosen.observed, i * columns, columns);
      }
    }
    return chosen;
  }

  /** Number of columns, D. */
  public int columns() {
    return columns;
  }

  /** Number of rows, N. */
  public int count() {
    return missing.length;
  }
}
