package dev.elbow.detector.topology;

import dev.elbow.alarm.Judgement;
import dev.elbow.detector.entity.Entities;
import dev.elbow.detector.entity.Hearing;
import dev.elbow.detector.entity.PlacedRow;
import dev.elbow.detector.metrics.DetectionMetrics;
import dev.elbow.detector.models.LoadedModel;
import dev.elbow.detector.models.Models;
import dev.elbow.detector.topology.DetectionSettings.UnknownEntities;
import dev.elbow.detector.topology.RecordReader.Read;
import dev.elbow.event.AnomalyEvent;
import dev.elbow.event.ObservationRow;
import dev.elbow.event.RejectionReason;
import dev.elbow.event.StuckSensor;
import dev.elbow.event.WarmingUp;
import dev.elbow.scoring.ScoredRow;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Gives every record its verdict: reads it, brings it into its model's row, scores it.
 *
 * <p>A verdict depends on nothing but the record, its coordinates, the models, the settings and,
 * where the model looks back, the records of the same entity before it. A batch costs one call of
 * each model, or one for each part of it that is large enough, and one more where an entity changes
 * models.
 */
final class Judge {

  private final DetectionSettings settings;
  private final Entities entities;
  private final Findings findings;
  private final ScoringThreads threads;
  private final DetectionMetrics metrics;
  private final RecordReader reader;

  /**
   * @param findings takes what is found beside the verdicts, by the entities as well
   * @param threads help to score
   */
  Judge(
      DetectionSettings settings,
      Entities entities,
      Findings findings,
      ScoringThreads threads,
      DetectionMetrics metrics) {
    this.settings = settings;
    this.entities = entities;
    this.findings = findings;
    this.threads = threads;
    this.metrics = metrics;
    this.reader = new RecordReader(settings.format(), settings.observationMaxBytes());
  }

  /**
   * What was found before scoring: a row to score, or why there is none.
   *
   * @param beside what was found when it came
   */
  private record Examined(Outcome outcome, List<AnomalyEvent> beside) {

    sealed interface Outcome {}

    /**
     * @param hearing what was known of the entity when it came: rows behind it in its batch say
     *     nothing of it
     */
    record Row(Read.Row read, PlacedRow placed, Hearing hearing) implements Outcome {

      boolean isScored() {
        return !placed.isWarmingUp();
      }
    }

    record Unfit(Read.Unfit read) implements Outcome {}
  }

  /**
   * Judges a batch: each record once, in the same order. Rows of one entity take their places one
   * after the other, as if each were a batch of its own.
   */
  List<Judged> judge(List<SourceRecord> records, Models.Hold models) {
    List<Judged> judged = new ArrayList<>(records.size());
    List<Examined> examined = new ArrayList<>(records.size());
    Stretch stretch = new Stretch(records.size(), threads, metrics);
    for (SourceRecord record : records) {
      Read read = reader.read(record, models);
      if (read instanceof Read.Row row && !stretch.takes(row.row().entity(), row.model())) {
        settle(examined, stretch, judged);
        examined.clear();
        stretch = new Stretch(records.size() - judged.size(), threads, metrics);
        stretch.takes(row.row().entity(), row.model());
      }
      examined.add(new Examined(examine(read, stretch), findings.take()));
    }
    settle(examined, stretch, judged);
    return judged;
  }

  /** Scores what is to be scored and gives all of them their verdicts, in order. */
  private void settle(List<Examined> examined, Stretch stretch, List<Judged> judged) {
    Map<LoadedModel, Iterator<ScoredRow>> scored = stretch.score();
    for (Examined one : examined) {
      if (one.outcome() instanceof Examined.Unfit unfit) {
        judged.add(new Judged(unfit.read().source(), one.beside(), rejected(unfit.read())));
      } else {
        Examined.Row row = (Examined.Row) one.outcome();
        Verdict verdict =
            row.isScored()
                ? verdict(row, Objects.requireNonNull(scored.get(row.read().model())).next())
                : warmingUp(row);
        judged.add(new Judged(row.read().source(), one.beside(), verdict));
      }
    }
    entities.settled();
  }

  private Examined.Outcome examine(Read read, Stretch stretch) {
    return read instanceof Read.Row row
        ? examine(row, stretch)
        : new Examined.Unfit((Read.Unfit) read);
  }

  private Examined.Outcome examine(Read.Row read, Stretch stretch) {
    ObservationRow row = read.row();
    LoadedModel model = read.model();
    metrics.sensors(row.missing(), row.extra());
    if (!model.knows(row.entity())) {
      metrics.entityUnknown();
      if (settings.unknownEntities() == UnknownEntities.REJECT) {
        return unfit(
            read,
            RejectionReason.UNKNOWN_ENTITY,
            "entity: expected one the model was trained on (unknown.entities=reject)");
      }
    }
    Hearing hearing =
        entities.heard(
            row.entity(), row.timestamp(), read.source().coordinates(), model.forEntities());
    int features = model.sensors().size();
    int leastSensors = settings.observedShare().sensorsOf(features);
    return row.observed() < leastSensors
        ? unfit(
            read,
            RejectionReason.TOO_FEW_SENSORS,
            "values: expected at least %d of the model's %d sensors, found %d"
                .formatted(leastSensors, features, row.observed()))
        : place(read, hearing, stretch);
  }

  private static Examined.Unfit unfit(Read.Row read, RejectionReason reason, String detail) {
    return new Examined.Unfit(
        new Read.Unfit(read.source(), reason, detail, Optional.of(read.model())));
  }

  private Examined.Outcome place(Read.Row read, Hearing hearing, Stretch stretch) {
    ObservationRow row = read.row();
    Optional<PlacedRow> placed =
        entities.place(
            row.entity(),
            row.timestamp(),
            read.source().coordinates(),
            row.values(),
            read.model().forEntities());
    if (placed.isEmpty()) {
      return unfit(
          read,
          RejectionReason.OUT_OF_ORDER,
          "timestamp: expected none before that of the entity's newest row, found "
              + row.timestamp());
    }
    tellOfStuckSensors(read, placed.get());
    if (!placed.get().isWarmingUp()) {
      stretch.add(placed.get(), read.model());
    }
    return new Examined.Row(read, placed.get(), hearing);
  }

  private void tellOfStuckSensors(Read.Row read, PlacedRow row) {
    LoadedModel model = read.model();
    for (int d : row.stuck()) {
      String sensor = model.sensors().get(d);
      findings.accept(
          new StuckSensor(
              StuckSensor.idOf(read.source().coordinates(), model.id(), sensor),
              read.row().entity(),
              read.row().timestamp(),
              sensor,
              row.lastValue(d),
              row.run(d),
              model.forEntities().flatLine().longestRuns().get(d),
              model.id(),
              read.source().coordinates()));
    }
  }

  private static Verdict warmingUp(Examined.Row fit) {
    fit.placed().settle(Double.NaN);
    return new Verdict.Warming(
        new WarmingUp(
            fit.read().row().entity(),
            fit.read().row().timestamp(),
            fit.placed().known(),
            fit.placed().needed(),
            fit.read().model().id(),
            fit.read().source().coordinates()));
  }

  private Verdict verdict(Examined.Row fit, ScoredRow scored) {
    Judgement judgement = fit.placed().settle(scored.score());
    if (!scored.scorable()) {
      return rejected(
          new Read.Unfit(
              fit.read().source(),
              RejectionReason.UNSCORABLE,
              "the model gave no finite score",
              Optional.of(fit.read().model())));
    }
    Scored events =
        new Scored(fit.read().source(), fit.read().row(), scored, judgement, fit.read().model());
    return judgement.anomalous()
        ? new Verdict.Anomalous(
            events, events.anomaly(settings.contributionsPerAnomaly()), fit.hearing().usualStep())
        : new Verdict.Normal(events);
  }

  private static Verdict rejected(Read.Unfit unfit) {
    return new Verdict.Rejected(
        unfit.source().rejection(unfit.reason(), unfit.detail(), unfit.model()));
  }
}
