package dev.elbow.trainer.data;

import dev.elbow.row.RowTransform;
import dev.elbow.score.Mask;
import dev.elbow.score.Rows;

/**
 * Rows of a table as the model sees them.
 *
 * @param x N×D, model units; 0 where missing
 * @param mask N×D, which cells were observed
 */
public record ModelRows(Rows x, Mask mask) {

  /**
   * Transforms the given rows.
   *
   * @param rows indices into the table, in the order wanted; not modified
   * @param transform for the table's sensors, in any order; a sensor the table does not have is
   *     missing
   */
  public static ModelRows of(SensorTable table, int[] rows, RowTransform transform) {
    int[] columns = table.columnsOf(transform.names());
    Rows x = Rows.zeros(rows.length, transform.features());
    Mask mask = Mask.all(rows.length, transform.features());
    for (int i = 0; i < rows.length; i++) {
      transform.write(table.row(rows[i], columns), x, mask, i);
    }
    return new ModelRows(x, mask);
  }
}
