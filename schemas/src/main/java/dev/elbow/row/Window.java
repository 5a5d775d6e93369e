package dev.elbow.row;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What of an entity's recent rows a model sees: blocks of consecutive rows, the newest first, of
 * which it gets the mean of every sensor.
 *
 * <p>The first block is the scored row alone. Block lengths {@code [1]} are single rows, {@code [1,
 * 1, 1]} the last three rows one by one, and {@code [1, 1, 2, 4]} the last eight rows, the older
 * the coarser. The feature of sensor d in block b has the index b·D + d, so that features 0 to D−1
 * are the scored row itself. Equation (42) of {@code docs/math.md}.
 *
 * @param blocks lengths in rows, newest first; the first is 1, each at least 1, together at most
 *     {@link #MOST_ROWS}
 */
public record Window(List<Integer> blocks) {

  /** More rows than this are no window: {@link RowHistory} keeps its sums exact up to here. */
  public static final int MOST_ROWS = 4096;

  /** Single rows, each judged by itself. */
  public static final Window SINGLE_ROW = new Window(List.of(1));

  /**
   * The last 64 rows in seven blocks of ages 0 | 1 | 2–3 | 4–7 | 8–15 | 16–31 | 32–63: long memory
   * in few numbers, for streams of one sensor.
   */
  public static final Window DYADIC = new Window(List.of(1, 1, 2, 4, 8, 16, 32));

  /**
   * @throws IllegalArgumentException if the lengths are not as said
   */
  public Window {
    blocks = List.copyOf(blocks);
    if (blocks.isEmpty()
        || blocks.get(0) != 1
        || blocks.stream().anyMatch(length -> length < 1)
        || blocks.stream().mapToLong(Integer::longValue).sum() > MOST_ROWS) {
      throw new IllegalArgumentException(
          "window: expected block lengths of at least 1, the first of them 1, together at most %d"
                  .formatted(MOST_ROWS)
              + " rows; found "
              + blocks);
    }
  }

  /**
   * The last rows one by one.
   *
   * @param rows W, 1 to {@link #MOST_ROWS}
   * @throws IllegalArgumentException if there are fewer or more
   */
  public static Window ofRows(int rows) {
    if (rows < 1 || rows > MOST_ROWS) {
      throw new IllegalArgumentException(
          "window: expected 1 to %d rows, found %d".formatted(MOST_ROWS, rows));
    }
    return new Window(new ArrayList<>(Collections.nCopies(rows, 1)));
  }

  /** Rows that must be known before the newest can be scored, W. */
  public int rows() {
    int rows = 0;
    for (int b = 0; b < blocks.size(); b++) { // asked for with every record: no stream
      rows += blocks.get(b);
    }
    return rows;
  }

  /**
   * Width F of the model's input: one number per block and sensor.
   *
   * @param sensors D
   */
  public int features(int sensors) {
    return Math.multiplyExact(blocks.size(), sensors);
  }

  /** Whether every row is judged by itself. */
  public boolean isSingleRow() {
    return blocks.size() == 1;
  }
}
