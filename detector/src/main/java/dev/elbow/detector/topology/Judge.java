package dev.elbow.detector.topology;

import dev.elbow.detector.metrics.DetectionMetrics;
import dev.elbow.detector.models.LoadedModel;
import dev.elbow.detector.topology.DetectionSettings.UnknownEntities;
import dev.elbow.event.Decoded;
import dev.elbow.event.Observation;
import dev.elbow.event.ObservationJson;
import dev.elbow.event.Rejection;
import dev.elbow.event.RejectionReason;
import dev.elbow.scoring.ScoredRow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Gives every record its verdict: reads it, brings it into the model's row, scores it.
 *
 * <p>A verdict depends on nothing but the record, its coordinates, the model and the settings. A
 * batch costs one call of the model, however many records it has.
 */
final class Judge {

  private final DetectionSettings settings;
  private final DetectionMetrics metrics;

  Judge(DetectionSettings settings, DetectionMetrics metrics) {
    this.settings = settings;
    this.metrics = metrics;
  }

  /** What was found before scoring: a row to score, or why there is none. */
  private sealed interface Examined {

    record Row(SourceRecord source, Observation observation, ModelRow row) implements Examined {}

    record Unfit(SourceRecord source, RejectionReason reason, String detail) implements Examined {}
  }

  /** Judges a batch: as many verdicts as records, in the same order. */
  List<Verdict> judge(List<SourceRecord> records, LoadedModel model) {
    List<Examined> examined = records.stream().map(record -> examine(record, model)).toList();
    List<double[]> rows = new ArrayList<>();
    for (Examined one : examined) {
      if (one instanceof Examined.Row fit) {
        rows.add(fit.row().values());
      }
    }
    var scored = score(rows, model).iterator();
    List<Verdict> verdicts = new ArrayList<>();
    for (Examined one : examined) {
      verdicts.add(
          one instanceof Examined.Row fit
              ? verdict(fit, scored.next(), model)
              : reject((Examined.Unfit) one, model));
    }
    return verdicts;
  }

  private List<ScoredRow> score(List<double[]> rows, LoadedModel model) {
    if (rows.isEmpty()) {
      return List.of();
    }
    long start = System.nanoTime();
    List<ScoredRow> scored = model.score(rows);
    metrics.scored(Duration.ofNanos(System.nanoTime() - start));
    return scored;
  }

  private Examined examine(SourceRecord source, LoadedModel model) {
    byte[] value = source.record().value();
    if (value != null && value.length > settings.observationMaxBytes()) {
      return new Examined.Unfit(
          source,
          RejectionReason.OVERSIZED,
          "value: expected at most %d bytes (observation.max.bytes), found %d"
              .formatted(settings.observationMaxBytes(), value.length));
    }
    Decoded decoded = ObservationJson.decode(source.record().key(), value, source.timestamp());
    return decoded instanceof Decoded.Valid valid
        ? examine(source, valid.observation(), model)
        : unfit(source, (Decoded.Invalid) decoded);
  }

  private static Examined unfit(SourceRecord source, Decoded.Invalid invalid) {
    return new Examined.Unfit(source, invalid.reason(), invalid.detail());
  }

  private Examined examine(SourceRecord source, Observation observation, LoadedModel model) {
    ModelRow row = ModelRow.of(observation, model);
    metrics.sensors(row.missing(), row.extra());
    if (!model.knows(observation.entity())) {
      metrics.entityUnknown();
      if (settings.unknownEntities() == UnknownEntities.REJECT) {
        return new Examined.Unfit(
            source,
            RejectionReason.UNKNOWN_ENTITY,
            "entity: expected one the model was trained on (unknown.entities=reject)");
      }
    }
    int features = model.sensors().size();
    int least = settings.observedShare().sensorsOf(features);
    return row.observed() < least
        ? new Examined.Unfit(
            source,
            RejectionReason.TOO_FEW_SENSORS,
            "values: expected at least %d of the model's %d sensors, found %d"
                .formatted(least, features, row.observed()))
        : new Examined.Row(source, observation, row);
  }

  private Verdict verdict(Examined.Row fit, ScoredRow scored, LoadedModel model) {
    if (!scored.scorable()) {
      return reject(
          new Examined.Unfit(
              fit.source(), RejectionReason.UNSCORABLE, "the model gave no finite score"),
          model);
    }
    Scored events = new Scored(fit.source(), fit.observation(), fit.row(), scored, model);
    return scored.anomalous()
        ? new Verdict.Anomalous(
            events.scoreEvent(), events.anomaly(settings.contributionsPerAnomaly()))
        : new Verdict.Normal(events.scoreEvent());
  }

  private static Verdict reject(Examined.Unfit unfit, LoadedModel model) {
    return new Verdict.Rejected(
        new Rejection(
            unfit.reason(),
            unfit.detail(),
            unfit.source().coordinates(),
            unfit.source().timestamp(),
            model.id(),
            Optional.empty()));
  }
}
