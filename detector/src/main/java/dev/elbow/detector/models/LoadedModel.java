package dev.elbow.detector.models;

import dev.elbow.alarm.FlatLine;
import dev.elbow.bundle.ModelBundle;
import dev.elbow.bundle.Threshold;
import dev.elbow.detector.entity.EntityModel;
import dev.elbow.detector.metrics.ModelFacts;
import dev.elbow.detector.metrics.ModelMetrics;
import dev.elbow.input.InvalidInputException;
import dev.elbow.score.Mask;
import dev.elbow.score.Rows;
import dev.elbow.scoring.ScoredRow;
import dev.elbow.scoring.Scorer;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A bundle that passed the gate, ready to score, and what of its manifest every record needs.
 *
 * <p>It belongs to whoever it is handed to, who closes it.
 */
public final class LoadedModel implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(LoadedModel.class);

  private final Scorer scorer;
  private final ModelBundle bundle;
  private final Map<String, Integer> columns = new HashMap<>();
  private final Set<String> entities;
  private final EntityModel forEntities;

  /**
   * @param scorer closed with this model
   */
  LoadedModel(Scorer scorer) {
    this.scorer = scorer;
    this.bundle = scorer.bundle();
    List<String> names = bundle.rowTransform().names();
    for (int d = 0; d < names.size(); d++) {
      columns.put(names.get(d), d);
    }
    this.entities = new HashSet<>(bundle.manifest().entities());
    this.forEntities =
        EntityModel.of(
            bundle.id(),
            bundle.frontEnd(),
            bundle.manifest().alarms(),
            bundle.manifest().threshold().score(),
            FlatLine.never(bundle.rowTransform().features()));
  }

  /**
   * A bundle, passed through the gate, for whoever reads records apart from any stream.
   *
   * @throws dev.elbow.input.InvalidInputException if it does not pass
   */
  public static LoadedModel open(ModelBundle bundle) {
    return new LoadedModel(Scorer.open(bundle));
  }

  /** What it was loaded from. */
  public ModelBundle bundle() {
    return bundle;
  }

  /**
   * Passes a bundle through the gate and opens it; its golden observations have been scored then.
   *
   * @param metrics told that it was accepted
   * @throws InvalidInputException if it is refused
   */
  static LoadedModel open(ModelBundle bundle, ModelMetrics metrics) {
    LoadedModel model = new LoadedModel(Scorer.open(bundle));
    metrics.accepted();
    model.warnOfThreshold();
    return model;
  }

  private void warnOfThreshold() {
    Threshold threshold = bundle.manifest().threshold();
    if (!threshold.supported()) {
      LOG.warn(
          "Bundle {}: its {} held-out rows support a false-alarm rate of {} at best, it was set for"
              + " {}, and the real rate is anywhere up to {}; train on more rows, or for a higher"
              + " rate",
          id(),
          threshold.heldOutRows(),
          String.format(Locale.ROOT, "%.2g", threshold.lowestSupportedRate()),
          threshold.falseAlarmRate(),
          String.format(Locale.ROOT, "%.2g", threshold.confidence().rateTo()));
    }
  }

  /** The bundle's id. */
  public String id() {
    return bundle.id();
  }

  /** The sensors' names in the order of the model's columns, D of them. */
  public List<String> sensors() {
    return bundle.rowTransform().names();
  }

  /** Sensor to column, counted from 0. */
  public Map<String, Integer> columns() {
    return columns;
  }

  /** What of it bears on what is remembered of an entity. */
  public EntityModel forEntities() {
    return forEntities;
  }

  /**
   * What is told of it while it scores.
   *
   * @param since when it began to
   */
  ModelFacts facts(Instant since) {
    return new ModelFacts(
        id(),
        bundle.manifest().thresholdInNats(),
        bundle.manifest().threshold().supported(),
        scorer.goldenError(),
        since);
  }

  /**
   * The share of normal observations with a statistic at least as high.
   *
   * @param statistic of the alarm rule; NaN gives NaN
   * @return in (0, 1]
   */
  public double tailProbability(double statistic) {
    return bundle.tailProbability(statistic);
  }

  /** Whether training saw this entity; true for all if its data named none. */
  public boolean knows(String entity) {
    return entities.isEmpty() || entities.contains(entity);
  }

  /**
   * Scores a batch of rows with their windows.
   *
   * @param x N×F, as {@link dev.elbow.row.RowHistory#write} writes them; not modified
   * @param mask N×F, what of it was observed; not modified
   * @return one for each, in the same order
   */
  public List<ScoredRow> score(Rows x, Mask mask) {
    return scorer.score(x, mask);
  }

  @Override
  public void close() {
    scorer.close();
  }
}
