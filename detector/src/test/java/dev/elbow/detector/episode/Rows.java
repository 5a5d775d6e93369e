package dev.elbow.detector.episode;

import dev.elbow.alarm.AlarmLevel;
import dev.elbow.event.Anomaly;
import dev.elbow.event.Contribution;
import dev.elbow.event.Coordinates;
import dev.elbow.event.ScoreSummary;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Rows of one entity, row t at second t and offset 100 + t, with a threshold of 10 nats. */
final class Rows {

  static final String MODEL = "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d";
  static final String ENTITY = "pump-7";

  private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");

  private Rows() {}

  static Instant time(int second) {
    return START.plusSeconds(second);
  }

  static JudgedRow calm(int t) {
    return row(t, true, false, Optional.empty());
  }

  /** No anomaly, but what is left of one, or a shift. */
  static JudgedRow notCalm(int t, boolean shifted) {
    return row(t, false, shifted, Optional.empty());
  }

  static JudgedRow anomaly(int t, double score) {
    return anomaly(t, score, List.of());
  }

  static JudgedRow blaming(int t, Contribution... contributions) {
    return anomaly(t, 30, List.of(contributions));
  }

  private static JudgedRow anomaly(int t, double score, List<Contribution> contributions) {
    Coordinates source = new Coordinates("observations", 3, 100 + t);
    return row(
        t,
        false,
        false,
        Optional.of(
            new Anomaly(
                Anomaly.idOf(source, MODEL),
                ENTITY,
                time(t),
                new ScoreSummary(score, score, 10, score - 1, 1, 1e-3, 4, 4),
                List.of(),
                contributions,
                MODEL,
                "0.1.0",
                source,
                AlarmLevel.ALARM)));
  }

  private static JudgedRow row(int t, boolean calm, boolean shifted, Optional<Anomaly> anomaly) {
    return new JudgedRow(ENTITY, time(t), 100 + t, MODEL, calm, shifted, anomaly, Optional.empty());
  }

  static JudgedRow withUsualStep(JudgedRow row, Duration step) {
    return new JudgedRow(
        row.entity(),
        row.observed(),
        row.offset(),
        row.model(),
        row.calm(),
        row.shifted(),
        row.anomaly(),
        Optional.of(step));
  }

  /** The same row scored by another bundle. */
  static JudgedRow of(String model, JudgedRow row) {
    return new JudgedRow(
        row.entity(),
        row.observed(),
        row.offset(),
        model,
        row.calm(),
        row.shifted(),
        row.anomaly(),
        row.usualStep());
  }
}
