package dev.elbow.row;

import dev.elbow.score.Whitening;
import java.util.Arrays;
import java.util.Optional;

/**
 * All that stands between an entity's rows and a model: scaling and squash, the window, what breaks
 * it, and the whitening of its features.
 *
 * @param transform of D sensors
 * @param window which of the rows, in which blocks
 * @param continuity what follows what
 * @param whitening of the window's F features; empty for single rows, which are scored as they are
 */
public record FrontEnd(
    RowTransform transform, Window window, Continuity continuity, Optional<Whitening> whitening) {

  /**
   * @throws IllegalArgumentException if the whitening is of another width, or one is missing or not
   *     wanted
   */
  public FrontEnd {
    int features = window.features(transform.features());
    if (whitening.isPresent() == window.isSingleRow()) {
      throw new IllegalArgumentException(
          "front end: windows are whitened and single rows are not; found %d blocks and %s"
              .formatted(
                  window.blocks().size(), whitening.isPresent() ? "a whitening" : "no whitening"));
    }
    if (whitening.filter(map -> map.features() != features).isPresent()) {
      throw new IllegalArgumentException(
          "front end: the window has %d features, the whitening %d"
              .formatted(features, whitening.get().features()));
    }
  }

  /** For a model that judges every row by itself. */
  public static FrontEnd ofRows(RowTransform transform) {
    return new FrontEnd(transform, Window.SINGLE_ROW, Continuity.RECORD_ORDER, Optional.empty());
  }

  /** Width F of the model's input. */
  public int features() {
    return window.features(transform.features());
  }

  /**
   * The history that holds just the given rows.
   *
   * @param values W·D, row after row, the oldest first, engineering units, NaN = missing; not
   *     modified
   * @throws IllegalArgumentException if there are not W·D of them
   */
  public RowHistory windowOf(double[] values) {
    int sensors = transform.features();
    if (values.length != window.rows() * sensors) {
      throw new IllegalArgumentException(
          "window: expected %d rows of %d values, found %d values"
              .formatted(window.rows(), sensors, values.length));
    }
    RowHistory history = new RowHistory(transform, window);
    for (int from = 0; from < values.length; from += sensors) {
      history.add(Arrays.copyOfRange(values, from, from + sensors));
    }
    return history;
  }

  /** The history of an entity of which nothing is known yet. */
  public EntityHistory newHistory() {
    return new EntityHistory(transform, window, continuity);
  }
}
