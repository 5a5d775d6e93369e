package dev.elbow.trainer.data;

import dev.elbow.row.Continuity;
import dev.elbow.row.Window;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Which rows of a table a model is fitted to, and which are held out for validation and for the
 * threshold; of a series, which rows with the window behind them. No row is in both, each side has
 * at least one, and both are in ascending order.
 */
public final class Split {

  /** Share of the rows that is held out unless another is asked for. */
  public static final double HELD_OUT = 0.15;

  private final int[] fit;
  private final int[] heldOut;

  private final int[] seen;

  private Split(BitSet fit, BitSet heldOut, BitSet seen) {
    this.fit = fit.stream().toArray();
    this.heldOut = heldOut.stream().toArray();
    this.seen = seen.stream().toArray();
  }

  private static Split of(BitSet fit, BitSet heldOut) {
    return new Split(fit, heldOut, fit);
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
    BitSet fit = setOf(rows);
    int count = heldOutOf(rows.length, share);
    BitSet out = new BitSet();
    SplittableRandom random = new SplittableRandom(seed);
    for (int k = 0; k < count; k++) {
      int drawn = random.nextInt(k, shuffled.length);
      out.set(shuffled[drawn]);
      fit.clear(shuffled[drawn]);
      shuffled[drawn] = shuffled[k];
    }
    return of(fit, out);
  }

  /**
   * Holds out the latest rows of every entity, each by itself: the same for windows of one row.
   *
   * @param rows indices of the rows to split, all different and none labelled anomalous; not
   *     modified
   * @param share of each entity's rows to hold out, in (0, 1), rounded to the nearest row
   * @throws IllegalArgumentException if no entity has two rows or the share is outside (0, 1)
   */
  public static Split last(SensorTable table, int[] rows, double share) {
    BitSet chosen = setOf(rows);
    Stretches series = Stretches.of(table, Continuity.RECORD_ORDER, i -> !chosen.get(i));
    return last(series, Window.SINGLE_ROW, share);
  }

  /**
   * Holds out the latest windows of every entity: for series, where neighbours resemble each other
   * and a random split would flatter the model. An entity with one window only keeps it for the
   * fit.
   *
   * <p>Nothing leaks: no row that a held-out window remembers is in a window that is fitted to.
   * Those between are left out, W − 1 of each entity, none for single rows.
   *
   * @param stretches of the table; without timestamps the order of the rows stands for time
   * @param window what must be behind a row for it to be scored
   * @param share of each entity's windows to hold out, in (0, 1), rounded to the nearest
   * @throws IllegalArgumentException if no entity has two windows, none is left to fit to, or the
   *     share is outside (0, 1)
   */
  public static Split last(Stretches stretches, Window window, double share) {
    BitSet fit = new BitSet();
    BitSet out = new BitSet();
    BitSet seen = new BitSet();
    for (List<int[]> entity : stretches.byEntity()) {
      int[] series = entity.stream().flatMapToInt(Arrays::stream).toArray();
      int[] places = places(entity, window);
      int kept =
          places.length < 2 ? places.length : places.length - heldOutOf(places.length, share);
      int remembered = kept == places.length ? series.length : places[kept] - window.rows() + 1;
      for (int k = kept; k < places.length; k++) {
        out.set(series[places[k]]);
      }
      for (int k = 0; k < kept && places[k] < remembered; k++) {
        fit.set(series[places[k]]);
        IntStream.rangeClosed(places[k] - window.rows() + 1, places[k])
            .forEach(place -> seen.set(series[place]));
      }
    }
    if (out.isEmpty() || fit.isEmpty()) {
      throw new IllegalArgumentException(
          "split: expected an entity with two windows or more, and some before those held out");
    }
    return new Split(fit, out, seen);
  }

  /** Where in an entity's series, counted from 0, there are rows with a window behind them. */
  private static int[] places(List<int[]> stretches, Window window) {
    IntStream.Builder places = IntStream.builder();
    int start = 0;
    for (int[] stretch : stretches) {
      IntStream.range(start + window.rows() - 1, start + stretch.length).forEach(places::add);
      start += stretch.length;
    }
    return places.build().toArray();
  }

  private static BitSet setOf(int[] rows) {
    BitSet set = new BitSet();
    Arrays.stream(rows).forEach(set::set);
    return set;
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

  /**
   * Indices of all rows that the fit sees: those fitted to, and what their windows remember,
   * ascending; a copy.
   */
  public int[] seen() {
    return seen.clone();
  }
}
