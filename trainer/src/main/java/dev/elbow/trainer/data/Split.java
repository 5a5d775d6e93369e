package dev.elbow.trainer.data;

import java.util.Arrays;
import java.util.BitSet;
import java.util.SplittableRandom;

/**
 * Which rows of a table a model is fitted to, and which are held out for validation and for the
 * threshold. No row is in both, each side has at least one, and both are in ascending order.
 */
public final class Split {

  /** Share of the rows that is held out unless another is asked for. */
  public static final double HELD_OUT = 0.15;

  private final int[] fit;
  private final int[] heldOut;

  private Split(int[] rows, BitSet out) {
    this.fit = Arrays.stream(rows).filter(i -> !out.get(i)).sorted().toArray();
    this.heldOut = out.stream().toArray();
  }

  /**
   * Holds out rows drawn at random without replacement: for rows that are independent of each
   * other.
   *
   * @param rows indices of the rows to split, at least two, all different; not modified
   * @param share of the rows to hold out, in (0, 1), rounded to the nearest row
   * @param seed of the draw; the same seed draws the same rows
   * @throws IllegalArgumentException if there are fewer than two rows or the share is outside (0,
   *     1)
   */
  public static Split random(int[] rows, double share, long seed) {
    int[] shuffled = rows.clone();
    int count = heldOutOf(rows.length, share);
    BitSet out = new BitSet();
    SplittableRandom random = new SplittableRandom(seed);
    for (int k = 0; k < count; k++) {
      int drawn = random.nextInt(k, shuffled.length);
      out.set(shuffled[drawn]);
      shuffled[drawn] = shuffled[k];
    }
    return new Split(rows, out);
  }

  /**
   * Holds out the latest rows of every entity: for series, where neighbours resemble each other and
   * a random split would flatter the model. Without timestamps the order of the rows stands for
   * time. An entity with one row only keeps it for the fit.
   *
   * @param rows indices of the rows to split, all different; not modified
   * @param share of each entity's rows to hold out, in (0, 1), rounded to the nearest row
   * @throws IllegalArgumentException if no entity has two rows or the share is outside (0, 1)
   */
  public static Split last(SensorTable table, int[] rows, double share) {
    BitSet chosen = new BitSet();
    Arrays.stream(rows).forEach(chosen::set);
    BitSet out = new BitSet();
    for (int[] all : table.series()) {
      int[] series = Arrays.stream(all).filter(chosen::get).toArray();
      if (series.length > 1) {
        int count = heldOutOf(series.length, share);
        Arrays.stream(series, series.length - count, series.length).forEach(out::set);
      }
    }
    if (out.isEmpty()) {
      throw new IllegalArgumentException("split: expected an entity with two rows or more");
    }
    return new Split(rows, out);
  }

  private static int heldOutOf(int rows, double share) {
    if (rows < 2 || !(share > 0 && share < 1)) {
      throw new IllegalArgumentException(
          "split: expected at least 2 rows and a share in (0, 1); found %d rows and %s"
              .formatted(rows, share));
    }
    return (int) Math.min(rows - 1L, Math.max(1, Math.round(rows * share)));
  }

  /** Indices of the rows to fit to, ascending; a copy. */
  public int[] fit() {
    return fit.clone();
  }

  /** Indices of the rows held out, ascending; a copy. */
  public int[] heldOut() {
    return heldOut.clone();
  }
}
