package dev.elbow.event;

import dev.elbow.alarm.AlarmLevel;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The events the golden files hold, and a way to read those files. */
final class Events {

  static final Instant TIME = Instant.parse("2026-03-01T08:15:30.250Z");
  static final Coordinates SOURCE = new Coordinates("observations", 3, 81234);

  /** SHA-256 of the single byte 0. */
  static final String MODEL = "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d";

  private Events() {}

  static Observation observation() {
    Map<String, Double> values = new LinkedHashMap<>();
    values.put("pressure", 0.38);
    values.put("flow \"main\"", -1.5e-7);
    values.put("temperature", 21.0);
    return new Observation("pump-7", TIME, values);
  }

  static Acknowledgement acknowledgement() {
    return new Acknowledgement(
        "pump-7", TIME, Optional.of("anna"), Optional.of("new impeller, runs \"warmer\""));
  }

  static Activation activation() {
    return new Activation(Optional.of(MODEL), TIME, new EntityGroup("pump-*"));
  }

  static Anomaly anomaly() {
    return new Anomaly(
        Anomaly.idOf(SOURCE, MODEL),
        "pump-7",
        TIME,
        new ScoreSummary(41.75, 41.75, 12.5, 38.5, 3.25, 2e-4, 7, 8),
        List.of("current"),
        List.of(
            new Contribution("pressure", 0.38, 0.61, 0.02, 36.5),
            new Contribution("flow", 31.0, 32.1, 0.9, -0.5)),
        MODEL,
        "0.1.0",
        SOURCE,
        AlarmLevel.ALARM);
  }

  static ScoreEvent score() {
    return new ScoreEvent(
        "pump-7",
        TIME,
        new ScoreSummary(-4.5, -4.5, 12.5, -7.75, 3.25, 0.5, 8, 8),
        AlarmLevel.SHIFT,
        false,
        MODEL,
        SOURCE);
  }

  static WarmingUp warmingUp() {
    return new WarmingUp("pump-7", TIME, 3, 8, MODEL, SOURCE);
  }

  static StuckSensor stuckSensor() {
    return new StuckSensor(
        StuckSensor.idOf(SOURCE, MODEL, "flow"), "pump-7", TIME, "flow", 31, 81, 20, MODEL, SOURCE);
  }

  static Silence silence() {
    return new Silence(
        Silence.idOf(SOURCE),
        "pump-7",
        Silence.Status.SILENT,
        TIME.plusSeconds(60),
        TIME,
        Duration.ofMillis(1500),
        SOURCE);
  }

  static Episode episode() {
    return new Episode(
        Episode.idOf(SOURCE, MODEL),
        "pump-7",
        Episode.Status.ONGOING,
        TIME.plusSeconds(9),
        TIME,
        TIME.plusSeconds(9),
        10,
        4,
        true,
        Episode.Peak.of(anomaly()),
        List.of(
            new Episode.Blame(96.25, 4, new Contribution("pressure", 0.38, 0.61, 0.02, 36.5)),
            new Episode.Blame(-0.5, 1, new Contribution("flow", 31.0, 32.1, 0.9, -0.5))),
        MODEL,
        SOURCE,
        new Coordinates("observations", 3, 81270),
        Optional.empty());
  }

  static Episode ended(Episode.Reason reason) {
    Episode episode = episode();
    return new Episode(
        episode.id(),
        episode.entity(),
        Episode.Status.ENDED,
        TIME.plusSeconds(400),
        episode.start(),
        episode.end(),
        episode.rows(),
        episode.anomalies(),
        false,
        episode.peak(),
        episode.blamed(),
        episode.model(),
        episode.first(),
        episode.last(),
        Optional.of(reason));
  }

  static Rejection rejection() {
    return new Rejection(
        RejectionReason.WRONG_TYPE,
        "sensor \"flow\": expected a number or null, found a string",
        SOURCE,
        TIME,
        MODEL,
        Optional.of("/var/lib/elbow/oversized/observations-3@81234"));
  }
}
