package dev.elbow.row;

import dev.elbow.score.Mask;
import dev.elbow.score.Rows;
import java.util.Arrays;
import java.util.List;

/**
 * The last W rows of one entity, as the model sees them: per block of the {@link Window} the mean
 * over the block's rows of each sensor's standardised, squashed value. Equation (42) of {@code
 * docs/math.md}. A cell is missing where none of the block's rows has the sensor.
 *
 * <p>A row costs O(blocks · D): when it is added, one row enters every block and one leaves it. The
 * sums are kept in units of 2⁻⁴⁰ standard deviations, in which they are exact: what is written is a
 * function of the last W rows alone, to the last bit, whatever came before, and a history rebuilt
 * from raw rows after a restart or for another model is the one that never stopped. The rounding to
 * these units moves a mean by less than 10⁻¹²; a block of one row is not rounded at all.
 *
 * <p>It is not safe for use by several threads.
 */
public final class RowHistory {

  /** Sums of {@link Window#MOST_ROWS} squashed values, each below 2¹⁰, stay below 2⁶². */
  private static final double UNITS = 0x1p40;

  private final RowTransform transform;
  private final Window window;
  private final int sensors;
  private final int rows;
  private final double farthest;

  /** Where each block begins, as the age of its newest row, and how long it is. */
  private final int[] ages;

  private final int[] lengths;

  /** Model values of the last W rows, W×D, a ring; NaN = missing. */
  private final double[] ring;

  /** Per block of more than one row: sums over its observed values, B×D, and their numbers. */
  private final long[] sums;

  private final int[] observed;

  private int newest;
  private int count;

  /** An empty history. */
  public RowHistory(RowTransform transform, Window window) {
    this.transform = transform;
    this.window = window;
    this.sensors = transform.features();
    this.rows = window.rows();
    this.farthest = transform.squash().apply(Double.MAX_VALUE);
    this.lengths = window.blocks().stream().mapToInt(Integer::intValue).toArray();
    this.ages = new int[lengths.length];
    for (int b = 1; b < ages.length; b++) {
      ages[b] = ages[b - 1] + lengths[b - 1];
    }
    this.ring = new double[Math.multiplyExact(rows, sensors)];
    this.sums = new long[features()];
    this.observed = new int[features()];
  }

  /**
   * A history of the given rows: for a restart, or when another model takes over.
   *
   * @param oldestFirst D values each, engineering units, NaN = missing; more than W rows are well,
   *     the last W count; not modified
   */
  public static RowHistory of(RowTransform transform, Window window, List<double[]> oldestFirst) {
    RowHistory history = new RowHistory(transform, window);
    oldestFirst
        .subList(Math.max(0, oldestFirst.size() - history.rows), oldestFirst.size())
        .forEach(history::add);
    return history;
  }

  /**
   * Adds the newest row; the oldest is forgotten once there are W.
   *
   * <p>A row with a value so far out that no double holds it standardised cannot be scored. In the
   * windows of later rows it counts as the farthest there is, so that it does not spoil them, too.
   *
   * @param values D, engineering units in the order of the transform's sensors; NaN = missing; not
   *     modified
   * @throws IllegalArgumentException if there are not D of them
   */
  public void add(double[] values) {
    if (values.length != sensors) {
      throw new IllegalArgumentException(
          "row history: expected %d values, found %d".formatted(sensors, values.length));
    }
    for (int b = 1; b < lengths.length; b++) {
      if (lengths[b] > 1) {
        shift(b);
      }
    }
    newest = (newest + 1) % rows;
    count = Math.min(rows, count + 1);
    for (int d = 0; d < sensors; d++) {
      ring[newest * sensors + d] = transform.modelValue(d, values[d]);
    }
  }

  /**
   * Before a row is added: what grows old enough for block {@code b} enters it, the oldest leaves.
   */
  private void shift(int b) {
    int entering = ages[b] - 1;
    int leaving = ages[b] + lengths[b] - 1;
    for (int d = 0; d < sensors; d++) {
      int cell = b * sensors + d;
      if (entering < count) {
        count(cell, finiteValue(entering, d), 1);
      }
      if (leaving < count) {
        count(cell, finiteValue(leaving, d), -1);
      }
    }
  }

  private void count(int cell, double value, int sign) {
    if (!Double.isNaN(value)) {
      sums[cell] += sign * Math.round(value * UNITS);
      observed[cell] += sign;
    }
  }

  /** The model value of sensor {@code d} in the row of that age; NaN = missing. */
  private double value(int age, int d) {
    return ring[Math.floorMod(newest - age, rows) * sensors + d];
  }

  private double finiteValue(int age, int d) {
    return Math.max(-farthest, Math.min(farthest, value(age, d)));
  }

  /** How many rows it holds, 0 to W. */
  public int count() {
    return count;
  }

  /** Whether it holds W rows, so that the newest can be scored. */
  public boolean isWarm() {
    return count == rows;
  }

  /** Width F of what {@link #write} writes. */
  public int features() {
    return window.features(sensors);
  }

  /** What of the rows the model sees. */
  public Window window() {
    return window;
  }

  /** Forgets all rows: the next one begins a new stretch of time. */
  public void clear() {
    count = 0;
    Arrays.fill(sums, 0);
    Arrays.fill(observed, 0);
  }

  /**
   * Writes the newest row with its history into row {@code i} of a batch. A missing cell becomes 0
   * and is marked in the mask.
   *
   * @param x N×F; row {@code i} is overwritten
   * @param mask N×F; cells of row {@code i} are marked where missing
   * @throws IllegalStateException if it is not {@linkplain #isWarm warm}
   */
  public void write(Rows x, Mask mask, int i) {
    if (!isWarm()) {
      throw new IllegalStateException(
          "row history: warming up, %d of %d rows".formatted(count, rows));
    }
    for (int b = 0; b < lengths.length; b++) {
      for (int d = 0; d < sensors; d++) {
        int cell = b * sensors + d;
        double mean = mean(b, d);
        if (Double.isNaN(mean)) {
          x.set(i, cell, 0);
          mask.miss(i, cell);
        } else {
          x.set(i, cell, mean);
        }
      }
    }
  }

  /**
   * (42): the mean of sensor {@code d} over block {@code b}; NaN if no row of it has the sensor.
   */
  private double mean(int b, int d) {
    if (lengths[b] == 1) {
      return b == 0 ? value(0, d) : finiteValue(ages[b], d);
    }
    int cell = b * sensors + d;
    return observed[cell] == 0 ? Double.NaN : sums[cell] / UNITS / observed[cell];
  }
}
