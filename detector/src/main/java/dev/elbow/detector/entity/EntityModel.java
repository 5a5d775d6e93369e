package dev.elbow.detector.entity;

import dev.elbow.alarm.Smoothing;
import dev.elbow.row.Continuity;
import dev.elbow.row.RowTransform;
import dev.elbow.row.Window;

/**
 * What of a model bears on what is remembered of an entity.
 *
 * @param mark tells models apart
 * @param layout tells their lists of sensors apart
 * @param rows from engineering units to model rows
 * @param window which rows the model sees
 * @param continuity which rows follow one another
 * @param smoothing how scores are smoothed
 */
public record EntityModel(
    long mark,
    long layout,
    RowTransform rows,
    Window window,
    Continuity continuity,
    Smoothing smoothing) {

  /**
   * The part of a bundle.
   *
   * @param bundle its id
   */
  public static EntityModel of(
      String bundle, RowTransform rows, Window window, Continuity continuity, Smoothing smoothing) {
    long layout = Mark.of(String.join("\n", rows.names()));
    return new EntityModel(Mark.of(bundle), layout, rows, window, continuity, smoothing);
  }

  /**
   * Whether a verdict depends on the rows before. If not, none is kept, and neither the order of
   * the records nor a gap between them matters.
   */
  boolean looksBack() {
    return !window.isSingleRow() || smoothing.alpha() < 1;
  }
}
