package dev.elbow.demo;

import dev.elbow.alarm.AlarmLevel;
import dev.elbow.event.Anomaly;
import dev.elbow.event.Contribution;
import dev.elbow.event.Coordinates;
import dev.elbow.event.ScoreSummary;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Anomalies made by hand. */
final class Anomalies {

  private Anomalies() {}

  static Anomaly of(String entity, String sensor, double nats) {
    return of(entity, Map.of(sensor, nats));
  }

  static Anomaly of(String entity, Map<String, Double> nats) {
    return at(Instant.parse("2026-03-02T00:00:00Z"), entity, nats);
  }

  static Anomaly at(Instant time, String entity, Map<String, Double> nats) {
    return at(time, entity, nats, AlarmLevel.ALARM);
  }

  static Anomaly at(Instant time, String entity, Map<String, Double> nats, AlarmLevel status) {
    List<Contribution> contributions =
        nats.entrySet().stream()
            .map(sensor -> new Contribution(sensor.getKey(), 3.456, 1.2345, 0.5, sensor.getValue()))
            .sorted((a, b) -> Double.compare(b.nats(), a.nats()))
            .toList();
    return new Anomaly(
        "id",
        entity,
        time,
        new ScoreSummary(20, 20, 15.25, 19, 1, 0.001, 9, 9),
        List.of(),
        contributions,
        "model",
        "0.1.0",
        new Coordinates("observations", 0, 0),
        status);
  }
}
