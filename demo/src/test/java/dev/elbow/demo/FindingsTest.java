package dev.elbow.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.elbow.bundle.Lineage;
import dev.elbow.demo.plant.Fault;
import dev.elbow.demo.plant.FaultKind;
import dev.elbow.demo.plant.PumpSensor;
import dev.elbow.event.Anomaly;
import dev.elbow.trainer.data.SensorTable;
import dev.elbow.trainer.data.SensorTableBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class FindingsTest {

  private static final Instant START = Instant.parse("2026-03-02T00:00:00Z");

  /** Machines a and b take turns, each a row a minute: rows 4, 6, 8 are a's event, 1 and 7 b's. */
  private static final SensorTable TABLE = table(10, Set.of(1, 4, 6, 7, 8));

  @Test
  void eventsAreLabelledRowsOfOneMachineThatFollowEachOther() {
    Findings findings = Findings.of(TABLE, 10, Map.of(), List.of());

    assertThat(findings.events())
        .extracting(Event::entity, Event::firstRow, Event::rows)
        .containsExactly(tuple("b", 1, 1), tuple("a", 4, 3), tuple("b", 7, 1));
    assertThat(findings.found()).isZero();
    assertThat(findings.normalRows()).isEqualTo(5);
  }

  @Test
  void onlyRowsThatWereSentCount() {
    Findings findings = Findings.of(TABLE, 5, Map.of(), List.of());

    assertThat(findings.events())
        .extracting(Event::firstRow, Event::rows)
        .containsExactly(tuple(1, 1), tuple(4, 1));
    assertThat(findings.normalRows()).isEqualTo(3);
  }

  @Test
  void delayIsCountedFromTheFirstLabelledRow() {
    Map<Integer, Anomaly> anomalies = Map.of(8, Anomalies.of("a", "x", 5));

    Event event = Findings.of(TABLE, 10, anomalies, List.of()).events().get(1);

    assertThat(event.alarmed()).isOne();
    assertThat(event.rowsToAlarm()).contains(2);
    assertThat(event.timeToAlarm()).contains(Duration.ofMinutes(2));
  }

  @Test
  void alarmsOnNormalRowsAreFalse() {
    Map<Integer, Anomaly> anomalies =
        Map.of(0, Anomalies.of("a", "x", 5), 4, Anomalies.of("a", "x", 5));

    Findings findings = Findings.of(TABLE, 10, anomalies, List.of());

    assertThat(findings.falseAlarms()).isOne();
    assertThat(findings.falseAlarmRate()).isEqualTo(1 / 5.0);
    assertThat(findings.found()).isOne();
  }

  /** At a false-alarm rate of 1/5, events of 1, 3 and 1 rows: 1/5 + (1 − 64/125) + 1/5. */
  @Test
  void chanceFindsWhatRandomAlarmsWouldHit() {
    Map<Integer, Anomaly> anomalies = Map.of(0, Anomalies.of("a", "x", 5));

    Findings findings = Findings.of(TABLE, 10, anomalies, List.of());

    assertThat(findings.foundByChance()).isEqualTo(0.2 + 61 / 125.0 + 0.2, within(1e-12));
  }

  @Test
  void mostNatsOverTheEventAreBlamedMost() {
    Map<Integer, Anomaly> anomalies =
        Map.of(
            4, Anomalies.of("a", Map.of("flow_m3h", 3.0, "current_a", 2.0)),
            6, Anomalies.of("a", Map.of("current_a", 2.5)));

    Event event = Findings.of(TABLE, 10, anomalies, List.of()).events().get(1);

    assertThat(event.blamed()).containsExactly("current_a", "flow_m3h");
  }

  @Test
  void faultThatTheTimeBelongsToSaysWhichSensorsAreGuilty() {
    Fault leak =
        new Fault(
            FaultKind.LEAK,
            "a",
            List.of(PumpSensor.FLOW),
            START.plus(Duration.ofMinutes(2)),
            START.plus(Duration.ofMinutes(5)),
            1);
    Map<Integer, Anomaly> anomalies =
        Map.of(4, Anomalies.of("a", Map.of("current_a", 3.0, "flow_m3h", 2.0)));

    List<Event> events = Findings.of(TABLE, 10, anomalies, List.of(leak)).events();

    assertThat(events.get(1).fault()).contains(leak);
    assertThat(events.get(1).guiltyAmongFirst(1)).isFalse();
    assertThat(events.get(1).guiltyAmongFirst(3)).isTrue();
    assertThat(events.get(2).fault()).isEmpty();
  }

  private static SensorTable table(int rows, Set<Integer> anomalous) {
    SensorTableBuilder table = SensorTable.of(List.of("x"));
    for (int i = 0; i < rows; i++) {
      table
          .add(i)
          .at(START.plus(Duration.ofMinutes(i / 2)))
          .of(i % 2 == 0 ? "a" : "b")
          .labelled(anomalous.contains(i));
    }
    return table.build(new Lineage.Generated("hand-made"));
  }
}
