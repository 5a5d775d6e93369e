package dev.elbow.benchmarks.quality;

import static dev.elbow.alarm.AlarmLevel.ALARM;
import static dev.elbow.alarm.AlarmLevel.NORMAL;
import static dev.elbow.alarm.AlarmLevel.SHIFT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.elbow.alarm.AlarmLevel;
import dev.elbow.bundle.Lineage;
import dev.elbow.trainer.data.SensorTable;
import dev.elbow.trainer.data.SensorTableBuilder;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class StandingsTest {

  @Test
  void findsAnEventInWhichAnAlarmBegins() {
    Standings standings = standings("..##", List.of(NORMAL, NORMAL, NORMAL, ALARM), 3);

    assertThat(standings.events()).isEqualTo(new Standings.Found(1, 1));
  }

  @Test
  void doesNotCountAnAlarmThatWasOnBefore() {
    Standings standings = standings("..##", List.of(NORMAL, ALARM, ALARM, ALARM), 1, 2, 3);

    assertThat(standings.events()).isEqualTo(new Standings.Found(0, 1));
  }

  @Test
  void countsTheAlarmThatFollowsOneThatHasEnded() {
    Standings standings = standings(".###", List.of(ALARM, ALARM, NORMAL, ALARM), 0, 1, 3);

    assertThat(standings.events()).isEqualTo(new Standings.Found(1, 1));
  }

  @Test
  void countsAShiftWhereItIsRaisedAndNotWhereItGoesOn() {
    Standings standings = standings("##.##", List.of(NORMAL, SHIFT, SHIFT, SHIFT, SHIFT), 1);

    assertThat(standings.events()).isEqualTo(new Standings.Found(1, 2));
  }

  @Test
  void countsRunsOfAlarms() {
    Standings standings =
        standings(".....", List.of(ALARM, ALARM, NORMAL, ALARM, SHIFT), 0, 1, 3, 4);

    assertThat(standings.shares(i -> true)).isEqualTo(new Standings.Shares(5, 0.6, 0.2, 2));
  }

  /**
   * @param labels one character per row, # for a row labelled anomalous
   */
  private static Standings standings(String labels, List<AlarmLevel> levels, int... told) {
    SensorTableBuilder table = SensorTable.of(List.of("a"));
    labels.chars().forEach(label -> table.add(0).labelled(label == '#'));
    BitSet scored = new BitSet();
    scored.set(0, labels.length());
    BitSet rows = new BitSet();
    for (int i : told) {
      rows.set(i);
    }
    return new Standings(table.build(new Lineage.Generated("test")), levels, scored, rows);
  }
}
