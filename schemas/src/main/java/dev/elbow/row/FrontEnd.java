package dev.elbow.row;

import dev.elbow.score.MeanNegativeElbo;
import dev.elbow.score.NegativeElbo;
import dev.elbow.score.SensorMaps;
import dev.elbow.score.WeightedMixture;
import dev.elbow.score.Whitening;
import java.util.Arrays;
import java.util.List;
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

  /**
   * The score of what this front end writes.
   *
   * @param members the autoencoders, at least one, of F features
   * @param mixture of D sensors; empty if the autoencoders are alone, as they are over windows
   * @throws IllegalArgumentException if there is no member, or a mixture over windows or of other
   *     sensors
   */
  public MeanNegativeElbo negativeElbo(
      List<NegativeElbo> members, Optional<WeightedMixture> mixture) {
    requireFits(mixture);
    return whitening
        .map(map -> MeanNegativeElbo.ofWindows(map, transform.features(), members))
        .orElseGet(() -> MeanNegativeElbo.ofRows(transform.squash(), members, mixture));
  }

  /**
   * Makes sure that a mixture can have a say in the score.
   *
   * @throws IllegalArgumentException if it is one over windows, of other sensors or of values
   *     squashed otherwise
   */
  public void requireFits(Optional<WeightedMixture> mixture) {
    if (mixture.isPresent() && !window.isSingleRow()) {
      throw new IllegalArgumentException("mixture: goes with single rows, found windows");
    }
    Optional<SensorMaps> maps = mixture.map(part -> part.mixture().maps());
    if (maps.filter(of -> of.sensors() != transform.features()).isPresent()
        || maps.filter(of -> !of.squash().equals(transform.squash())).isPresent()) {
      throw new IllegalArgumentException(
          "mixture: expected one of %d sensors and squash %s, found %d and %s"
              .formatted(
                  transform.features(),
                  transform.squash(),
                  maps.get().sensors(),
                  maps.get().squash()));
    }
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
