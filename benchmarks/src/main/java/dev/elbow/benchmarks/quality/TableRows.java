package dev.elbow.benchmarks.quality;

import dev.elbow.bundle.Lineage;
import dev.elbow.trainer.data.SensorTable;
import dev.elbow.trainer.data.SensorTableBuilder;
import java.util.stream.IntStream;

/** Rows of a table as a table of their own, with what is known of them. */
final class TableRows {

  /** The value of a cell of the copy. */
  @FunctionalInterface
  interface Cell {

    /**
     * What stands in the copy.
     *
     * @param i row of the table that is copied
     * @param d its sensor
     * @param value what stands there, engineering units; NaN = missing
     */
    double value(int i, int d, double value);
  }

  private TableRows() {}

  /**
   * A copy.
   *
   * @param rows indices into the table, in the order wanted; not modified
   */
  static SensorTable of(SensorTable table, int[] rows) {
    return of(table, rows, (i, d, value) -> value);
  }

  /**
   * A copy with other values.
   *
   * @param rows indices into the table, in the order wanted; not modified
   */
  static SensorTable of(SensorTable table, int[] rows, Cell cell) {
    SensorTableBuilder copy = SensorTable.of(table.sensors());
    for (int i : rows) {
      double[] values = table.row(i);
      for (int d = 0; d < values.length; d++) {
        values[d] = cell.value(i, d, values[d]);
      }
      copy.add(values);
      table.timestamp(i).ifPresent(copy::at);
      if (table.hasEntities()) {
        copy.of(table.entity(i));
      }
      if (table.hasLabels()) {
        copy.labelled(table.anomalous(i));
      }
    }
    return copy.build(new Lineage.Generated("rows of a benchmark"));
  }

  /** A copy of all rows with other values. */
  static SensorTable changed(SensorTable table, Cell cell) {
    return of(table, IntStream.range(0, table.count()).toArray(), cell);
  }

  /** The normal rows before the first that is labelled anomalous. */
  static int[] leadingNormal(SensorTable table) {
    return IntStream.range(0, table.count()).takeWhile(i -> !table.anomalous(i)).toArray();
  }
}
