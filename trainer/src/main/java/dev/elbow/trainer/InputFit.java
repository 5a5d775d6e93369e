package dev.elbow.trainer;

import dev.elbow.row.FrontEnd;
import dev.elbow.row.RowTransform;
import dev.elbow.score.Whitening;
import dev.elbow.trainer.data.ModelRows;
import dev.elbow.trainer.data.SensorTable;
import dev.elbow.trainer.data.Standardization;
import dev.elbow.trainer.input.InputChoice;
import java.util.Optional;

/**
 * What stands before the networks, fitted to some rows: scaling and whitening.
 *
 * @param rows which rows a table has for what
 * @param input what of them the model is to see
 * @param transform scaling and squash
 * @param whitening of windows; empty for single rows
 * @param fitRows the rows fitted to, as the networks see them
 */
record InputFit(
    TrainingRows rows,
    InputChoice input,
    RowTransform transform,
    Optional<Whitening> whitening,
    ModelRows fitRows) {

  /**
   * Fits.
   *
   * @param seen row numbers that the scaling is fitted to; not modified
   * @param fit row numbers, each with a window behind it, that the whitening is; not modified
   */
  static InputFit of(
      SensorTable table, TrainingRows rows, InputChoice input, int[] seen, int[] fit) {
    RowTransform transform = Standardization.fit(table, seen);
    ModelRows features = rows.features(fit, transform);
    Optional<Whitening> whitening = input.whiten(features);
    return new InputFit(rows, input, transform, whitening, features.whitened(whitening));
  }

  /** The given rows as the score sees them, before whitening. */
  ModelRows features(int[] some) {
    return rows.features(some, transform);
  }

  /** As a bundle holds it. */
  FrontEnd frontEnd() {
    return input.frontEnd(transform, whitening);
  }
}
