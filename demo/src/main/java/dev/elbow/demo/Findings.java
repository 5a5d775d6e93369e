package dev.elbow.demo;

import dev.elbow.demo.plant.Fault;
import dev.elbow.event.Anomaly;
import dev.elbow.event.Contribution;
import dev.elbow.trainer.data.SensorTable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What was found and what was falsely raised, held against the labels.
 *
 * @param events what there was to be found
 * @param normalRows rows labelled normal
 * @param falseAlarms how many of those the detector called anomalies
 */
public record Findings(List<Event> events, int normalRows, int falseAlarms) {

  /** Copies the list. */
  public Findings {
    events = List.copyOf(events);
  }

  /** How many events have an alarm. */
  public long found() {
    return events.stream().filter(Event::found).count();
  }

  /** The share of normal rows that were alarmed, in [0, 1]; 0 where there are none. */
  public double falseAlarmRate() {
    return normalRows == 0 ? 0 : (double) falseAlarms / normalRows;
  }

  /**
   * How many events a detector would be expected to find that sees nothing and alarms as many rows
   * at random as were falsely alarmed here: Σ 1 − (1 − rate)^rows.
   */
  public double foundByChance() {
    return events.stream()
        .mapToDouble(event -> 1 - Math.pow(1 - falseAlarmRate(), event.rows()))
        .sum();
  }

  /**
   * Holds anomalies against labels.
   *
   * @param table with labels
   * @param sent how many of its leading rows were sent
   * @param anomalies by row
   * @param faults known of the table
   */
  static Findings of(
      SensorTable table, int sent, Map<Integer, Anomaly> anomalies, List<Fault> faults) {
    Map<String, List<Integer>> open = new HashMap<>();
    List<List<Integer>> segments = new ArrayList<>();
    int normalRows = 0;
    int falseAlarms = 0;
    for (int i = 0; i < sent; i++) {
      if (table.anomalous(i)) {
        open.computeIfAbsent(
                table.entity(i),
                entity -> {
                  segments.add(new ArrayList<>());
                  return segments.get(segments.size() - 1);
                })
            .add(i);
      } else {
        open.remove(table.entity(i));
        normalRows++;
        falseAlarms += anomalies.containsKey(i) ? 1 : 0;
      }
    }
    List<Event> events = new ArrayList<>();
    for (List<Integer> rows : segments) {
      events.add(event(table, rows, anomalies, faults));
    }
    return new Findings(events, normalRows, falseAlarms);
  }

  private static Event event(
      SensorTable table, List<Integer> rows, Map<Integer, Anomaly> anomalies, List<Fault> faults) {
    List<Anomaly> raised = new ArrayList<>();
    Optional<Integer> rowsToAlarm = Optional.empty();
    for (int i = 0; i < rows.size(); i++) {
      Optional<Anomaly> anomaly = Optional.ofNullable(anomalies.get(rows.get(i)));
      anomaly.ifPresent(raised::add);
      if (anomaly.isPresent() && rowsToAlarm.isEmpty()) {
        rowsToAlarm = Optional.of(i);
      }
    }
    int first = rows.get(0);
    Optional<Instant> from = table.timestamp(first);
    Optional<Duration> timeToAlarm =
        from.isEmpty()
            ? Optional.empty()
            : rowsToAlarm
                .flatMap(passed -> table.timestamp(rows.get(passed)))
                .map(alarm -> Duration.between(from.get(), alarm));
    Optional<Fault> fault =
        faults.stream()
            .filter(known -> known.machine().equals(table.entity(first)))
            .filter(known -> from.isPresent() && known.labels(from.get()))
            .findFirst();
    return new Event(
        table.entity(first),
        first,
        rows.size(),
        raised.size(),
        rowsToAlarm,
        timeToAlarm,
        blamed(raised),
        fault);
  }

  private static List<String> blamed(List<Anomaly> anomalies) {
    Map<String, Double> nats = new LinkedHashMap<>();
    for (Anomaly anomaly : anomalies) {
      for (Contribution contribution : anomaly.contributions()) {
        nats.merge(contribution.name(), contribution.nats(), Double::sum);
      }
    }
    return nats.entrySet().stream()
        .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
        .map(Map.Entry::getKey)
        .toList();
  }
}
