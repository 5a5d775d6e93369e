package dev.elbow.trainer.vae;

import dev.elbow.score.Mask;
import java.util.Arrays;

/** What depends on the precision of a matrix's cells beyond their type. */
public final class Cells {

  private Cells() {}

  /** The same cells. */
  public static double[] of(double[] cells, double[] likeThis) {
    return cells;
  }

  /** A copy, rounded. */
  public static float[] of(double[] cells, float[] likeThis) {
    float[] rounded = new float[cells.length];
    for (int c = 0; c < cells.length; c++) {
      rounded[c] = (float) cells[c];
    }
    return rounded;
  }

  /** The sum of the first cells. */
  public static double sum(double[] cells, int count) {
    double sum = 0;
    for (int c = 0; c < count; c++) {
      sum += cells[c];
    }
    return sum;
  }

  /** The sum of the first cells, added up in double precision, in four strands. */
  public static double sum(float[] cells, int count) {
    double first = 0;
    double second = 0;
    double third = 0;
    double fourth = 0;
    int c = 0;
    for (; c + 3 < count; c += 4) {
      first += cells[c];
      second += cells[c + 1];
      third += cells[c + 2];
      fourth += cells[c + 3];
    }
    for (; c < count; c++) {
      first += cells[c];
    }
    return first + second + third + fourth;
  }

  /** 1 where the mask says observed and 0 elsewhere, row by row. */
  public static void observed(Mask mask, double[] cells) {
    int columns = mask.columns();
    Arrays.fill(cells, 0, mask.count() * columns, 1);
    for (int i = 0; i < mask.count(); i++) {
      for (int d = 0; d < columns && mask.observedIn(i) < columns; d++) {
        cells[i * columns + d] = mask.observed(i, d) ? 1 : 0;
      }
    }
  }

  /** 1 where the mask says observed and 0 elsewhere, row by row. */
  public static void observed(Mask mask, float[] cells) {
    int columns = mask.columns();
    Arrays.fill(cells, 0, mask.count() * columns, 1);
    for (int i = 0; i < mask.count(); i++) {
      for (int d = 0; d < columns && mask.observedIn(i) < columns; d++) {
        cells[i * columns + d] = mask.observed(i, d) ? 1 : 0;
      }
    }
  }
}
