package dev.elbow.trainer.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Rows of values, added one after the other and never copied again once their chunk is full. New
 * columns may appear on the way; the rows before have nothing there.
 *
 * <p>A value takes four bytes where {@link SmallestColumn} can, and eight where it needs them, up
 * to {@value #MOST_DOUBLES} values; what needs them beyond that is rounded to a float, and counted.
 * So a table of any size takes little more than four bytes a value.
 */
final class RowStore {

  /** Rows of a chunk. */
  static final int ROWS = 1024;

  /** 64 MiB of them. */
  static final int MOST_DOUBLES = 1 << 23;

  /** The chunk that is being filled, by column. */
  private final List<double[]> filling = new ArrayList<>();

  private final List<Column[]> chunks = new ArrayList<>();
  private int rowsOfLast;
  private int count;
  private long doubles;
  private long rounded;

  /**
   * Adds a row.
   *
   * @param values by column, NaN = missing; at least as many as any row before; copied
   */
  void add(double[] values) {
    if (rowsOfLast == ROWS) {
      seal();
    }
    while (filling.size() < values.length) {
      double[] column = new double[ROWS];
      Arrays.fill(column, Double.NaN);
      filling.add(column);
    }
    for (int d = 0; d < values.length; d++) {
      filling.get(d)[rowsOfLast] = values[d];
    }
    rowsOfLast++;
    count = Math.incrementExact(count);
  }

  private void seal() {
    Column[] chunk = new Column[filling.size()];
    for (int d = 0; d < chunk.length; d++) {
      double[] values = filling.get(d);
      Column column = SmallestColumn.of(values, rowsOfLast);
      if (column instanceof Column.Doubles && doubles + rowsOfLast > MOST_DOUBLES) {
        column = SmallestColumn.rounded(values, rowsOfLast);
        rounded += rowsOfLast;
      }
      doubles += column instanceof Column.Doubles ? rowsOfLast : 0;
      chunk[d] = column;
      Arrays.fill(values, Double.NaN);
    }
    chunks.add(chunk);
    rowsOfLast = 0;
  }

  int count() {
    return count;
  }

  /** How many values were rounded, up to now. */
  long rounded() {
    return rounded;
  }

  /**
   * The chunks, each by column, all but the last of {@link #ROWS} rows. Nothing can be added any
   * more.
   */
  Column[][] finish() {
    if (rowsOfLast > 0) {
      seal();
    }
    filling.clear();
    return chunks.toArray(Column[][]::new);
  }
}
