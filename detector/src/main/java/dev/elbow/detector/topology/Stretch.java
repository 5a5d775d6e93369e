package dev.elbow.detector.topology;

import dev.elbow.detector.entity.PlacedRow;
import dev.elbow.detector.metrics.DetectionMetrics;
import dev.elbow.detector.models.LoadedModel;
import dev.elbow.scoring.ScoredRow;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Records that are scored together: by one call for each model. An entity is under one model
 * throughout, for it begins anew under another, and its rows before must be settled then.
 */
final class Stretch {

  private final int most;
  private final ScoringThreads threads;
  private final DetectionMetrics metrics;
  private final Map<LoadedModel, Batch> batches = new LinkedHashMap<>(2);
  private final Map<String, LoadedModel> models = new HashMap<>();

  /**
   * @param most how many rows there can be
   */
  Stretch(int most, ScoringThreads threads, DetectionMetrics metrics) {
    this.most = most;
    this.threads = threads;
    this.metrics = metrics;
  }

  /** Whether a row of the entity can be taken; if not, this stretch is to be settled first. */
  boolean takes(String entity, LoadedModel model) {
    LoadedModel before = models.putIfAbsent(entity, model);
    return before == null || before == model;
  }

  /** Adds a row to be scored. */
  void add(PlacedRow row, LoadedModel model) {
    batches.computeIfAbsent(model, first -> new Batch(first, most, threads, metrics)).add(row);
  }

  /** The scores of the rows added, model by model, in the order in which they were added. */
  Map<LoadedModel, Iterator<ScoredRow>> score() {
    Map<LoadedModel, Iterator<ScoredRow>> scored = new HashMap<>();
    batches.forEach((model, batch) -> scored.put(model, batch.score().iterator()));
    return scored;
  }
}
