package dev.elbow.detector.topology;

import dev.elbow.alarm.Judgement;
import dev.elbow.detector.entity.Entities;
import dev.elbow.detector.entity.PlacedRow;
import dev.elbow.detector.metrics.DetectionMetrics;
import dev.elbow.detector.models.LoadedModel;
import dev.elbow.detector.topology.DetectionSettings.UnknownEntities;
import dev.elbow.event.AnomalyEvent;
import dev.elbow.event.Decoded;
import dev.elbow.event.DecodedRow;
import dev.elbow.event.ObservationRow;
import dev.elbow.event.RejectionReason;
import dev.elbow.event.RowReader;
import dev.elbow.event.SensorColumns;
import dev.elbow.event.StuckSensor;
import dev.elbow.event.WarmingUp;
import dev.elbow.scoring.ScoredRow;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Gives every record its verdict: reads it, brings it into the model's row, scores it.
 *
 * <p>A verdict depends on nothing but the record, its coordinates, the model, the settings and,
 * where the model looks back, the records of the same entity before it. A batch costs one call of
 * the model, however many records it has.
 */
final class Judge {

  private final DetectionSettings settings;
  private final Entities entities;
  private final Findings findings;
  private final DetectionMetrics metrics;
  private @Nullable RowReader reader;
  private String readerModel = "";
  private int leastSensors;

  /**
   * @param findings takes what is found beside the verdicts, by the entities as well
   */
  Judge(
      DetectionSettings settings, Entities entities, Findings findings, DetectionMetrics metrics) {
    this.settings = settings;
    this.entities = entities;
    this.findings = findings;
    this.metrics = metrics;
  }

  /** What was found before scoring: a row to score, or why there is none. */
  private sealed interface Examined {

    record Row(SourceRecord source, ObservationRow row, PlacedRow placed) implements Examined {

      boolean isScored() {
        return !placed.isWarmingUp();
      }
    }

    record Unfit(SourceRecord source, RejectionReason reason, String detail) implements Examined {}
  }

  /**
   * Judges a batch: each record once, in the same order. Rows of one entity take their places one
   * after the other, as if each were a batch of its own.
   */
  List<Judged> judge(List<SourceRecord> records, LoadedModel model) {
    List<Examined> examined = new ArrayList<>(records.size());
    List<List<AnomalyEvent>> beside = new ArrayList<>(records.size());
    Batch batch = new Batch(model, records.size());
    for (SourceRecord record : records) {
      Examined one = examine(record, model);
      if (one instanceof Examined.Row fit && fit.isScored()) {
        batch.add(fit.placed());
      }
      examined.add(one);
      beside.add(findings.take());
    }
    Iterator<ScoredRow> scored = batch.score(metrics).iterator();
    List<Judged> judged = new ArrayList<>(records.size());
    for (int i = 0; i < records.size(); i++) {
      Verdict verdict = verdict(examined.get(i), scored, model);
      judged.add(new Judged(records.get(i), beside.get(i), verdict));
    }
    entities.settled();
    return judged;
  }

  /**
   * @param scored the scores of the rows that are scored, from this one on
   */
  private Verdict verdict(Examined examined, Iterator<ScoredRow> scored, LoadedModel model) {
    if (examined instanceof Examined.Unfit unfit) {
      return reject(unfit, model);
    }
    Examined.Row fit = (Examined.Row) examined;
    return fit.isScored() ? verdict(fit, scored.next(), model) : warmingUp(fit, model);
  }

  private Examined examine(SourceRecord source, LoadedModel model) {
    Optional<String> oversized = source.oversized(settings.observationMaxBytes());
    if (oversized.isPresent()) {
      return new Examined.Unfit(source, RejectionReason.OVERSIZED, oversized.get());
    }
    DecodedRow decoded =
        readerFor(model).read(source.record().key(), source.record().value(), source.timestamp());
    return decoded instanceof ObservationRow row
        ? examine(source, row, model)
        : unfit(source, (Decoded.Invalid) decoded);
  }

  /** A reader knows the columns of its model, so another model takes another reader. */
  private RowReader readerFor(LoadedModel model) {
    if (reader == null || !readerModel.equals(model.id())) {
      reader = settings.format().rows(SensorColumns.of(model.sensors()));
      readerModel = model.id();
      leastSensors = settings.observedShare().sensorsOf(model.sensors().size());
    }
    return reader;
  }

  private static Examined unfit(SourceRecord source, Decoded.Invalid invalid) {
    return new Examined.Unfit(source, invalid.reason(), invalid.detail());
  }

  private Examined examine(SourceRecord source, ObservationRow row, LoadedModel model) {
    metrics.sensors(row.missing(), row.extra());
    if (!model.knows(row.entity())) {
      metrics.entityUnknown();
      if (settings.unknownEntities() == UnknownEntities.REJECT) {
        return new Examined.Unfit(
            source,
            RejectionReason.UNKNOWN_ENTITY,
            "entity: expected one the model was trained on (unknown.entities=reject)");
      }
    }
    entities.heard(row.entity(), row.timestamp(), source.coordinates(), model.forEntities());
    int features = model.sensors().size();
    return row.observed() < leastSensors
        ? new Examined.Unfit(
            source,
            RejectionReason.TOO_FEW_SENSORS,
            "values: expected at least %d of the model's %d sensors, found %d"
                .formatted(leastSensors, features, row.observed()))
        : place(source, row, model);
  }

  private Examined place(SourceRecord source, ObservationRow row, LoadedModel model) {
    Optional<PlacedRow> placed =
        entities.place(
            row.entity(), row.timestamp(), source.coordinates(), row.values(), model.forEntities());
    placed.ifPresent(known -> tellOfStuckSensors(source, row, known, model));
    return placed.isPresent()
        ? new Examined.Row(source, row, placed.get())
        : new Examined.Unfit(
            source,
            RejectionReason.OUT_OF_ORDER,
            "timestamp: expected none before that of the entity's newest row, found "
                + row.timestamp());
  }

  private void tellOfStuckSensors(
      SourceRecord source, ObservationRow observed, PlacedRow row, LoadedModel model) {
    for (int d : row.stuck()) {
      String sensor = model.sensors().get(d);
      findings.accept(
          new StuckSensor(
              StuckSensor.idOf(source.coordinates(), model.id(), sensor),
              observed.entity(),
              observed.timestamp(),
              sensor,
              row.lastValue(d),
              row.run(d),
              model.forEntities().flatLine().longestRuns().get(d),
              model.id(),
              source.coordinates()));
    }
  }

  private static Verdict warmingUp(Examined.Row fit, LoadedModel model) {
    fit.placed().settle(Double.NaN);
    return new Verdict.Warming(
        new WarmingUp(
            fit.row().entity(),
            fit.row().timestamp(),
            fit.placed().known(),
            fit.placed().needed(),
            model.id(),
            fit.source().coordinates()));
  }

  private Verdict verdict(Examined.Row fit, ScoredRow scored, LoadedModel model) {
    Judgement judgement = fit.placed().settle(scored.score());
    if (!scored.scorable()) {
      return reject(
          new Examined.Unfit(
              fit.source(), RejectionReason.UNSCORABLE, "the model gave no finite score"),
          model);
    }
    Scored events = new Scored(fit.source(), fit.row(), scored, judgement, model);
    return judgement.anomalous()
        ? new Verdict.Anomalous(
            events,
            events.anomaly(settings.contributionsPerAnomaly()),
            entities.usualStep(events.entity()))
        : new Verdict.Normal(events);
  }

  private static Verdict reject(Examined.Unfit unfit, LoadedModel model) {
    return new Verdict.Rejected(unfit.source().rejection(unfit.reason(), unfit.detail(), model));
  }
}
