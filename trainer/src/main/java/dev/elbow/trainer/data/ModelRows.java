package dev.elbow.trainer.data;

import dev.elbow.row.RowHistory;
import dev.elbow.row.RowTransform;
import dev.elbow.row.Window;
import dev.elbow.score.Mask;
import dev.elbow.score.Rows;
import dev.elbow.score.Whitening;
import java.util.Arrays;
import java.util.Optional;

/**
 * Rows of a table as the model sees them.
 *
 * @param x N×F, model units; 0 where missing; for single rows F = D
 * @param mask N×F, which cells were observed
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

  /**
   * Transforms the given rows, each with the window behind it.
   *
   * @param stretches of the table: what lies behind a row
   * @param rows indices into the table, in the order wanted, each with a whole window behind it;
   *     not modified
   * @param transform for the table's sensors, in any order; a sensor the table does not have is
   *     missing
   * @return one row of {@code window.features(D)} cells per index
   */
  public static ModelRows of(
      SensorTable table, Stretches stretches, int[] rows, RowTransform transform, Window window) {
    int[] columns = table.columnsOf(transform.names());
    int[] placeOf = new int[table.count()];
    Arrays.fill(placeOf, -1);
    for (int i = 0; i < rows.length; i++) {
      placeOf[rows[i]] = i;
    }
    RowHistory history = new RowHistory(transform, window);
    Rows x = Rows.zeros(rows.length, history.features());
    Mask mask = Mask.all(rows.length, history.features());
    for (int[] stretch : stretches.all()) {
      history.clear();
      for (int row : stretch) {
        history.add(table.row(row, columns));
        if (placeOf[row] >= 0) {
          history.write(x, mask, placeOf[row]);
        }
      }
    }
    return new ModelRows(x, mask);
  }

  /** The white coordinates of these features, all of them observed; itself without a whitening. */
  public ModelRows whitened(Optional<Whitening> whitening) {
    return whitening
        .map(map -> new ModelRows(map.forward(x, mask), Mask.all(x.count(), x.columns())))
        .orElse(this);
  }

  /**
   * At most so many of the rows, evenly spread over them; these themselves if there are no more.
   */
  public ModelRows evenly(int most) {
    if (x.count() <= most) {
      return this;
    }
    Rows some = Rows.zeros(most, x.columns());
    Mask observed = Mask.all(most, x.columns());
    for (int i = 0; i < most; i++) {
      int row = (int) ((long) i * x.count() / most);
      for (int d = 0; d < x.columns(); d++) {
        some.set(i, d, x.get(row, d));
        if (!mask.observed(row, d)) {
          observed.miss(i, d);
        }
      }
    }
    return new ModelRows(some, observed);
  }
}
