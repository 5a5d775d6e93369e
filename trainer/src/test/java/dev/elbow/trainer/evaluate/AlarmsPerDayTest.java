package dev.elbow.trainer.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elbow.bundle.Lineage;
import dev.elbow.trainer.data.SensorTable;
import dev.elbow.trainer.data.SensorTableBuilder;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class AlarmsPerDayTest {

  private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");

  private final SensorTableBuilder table = SensorTable.of(List.of("a"));

  /** Every 40 minutes; rows 5 and 6 are an event. */
  @Test
  void allowsSoManyFalseAlarmsAndNoMore() {
    for (int i = 0; i < 10; i++) {
      row("pump", 40 * i, i == 5 || i == 6);
    }
    double[] scores = {8, 2, 1, 1, 1, 9, 9, 1, 7, 1};

    assertThat(threshold(scores, 0)).isEqualTo(8);
    assertThat(threshold(scores, 1)).isEqualTo(7);
    assertThat(threshold(scores, 2)).isEqualTo(1);
  }

  /** Above 7 the rows at 0, 30 and 59 minutes are one alarm, the one at 60 is the next. */
  @Test
  void countsRowsOfAnHourOnce() {
    row("pump", 0, false);
    row("pump", 30, false);
    row("pump", 59, false);
    row("pump", 60, false);
    double[] scores = {8, 8, 8, 8};

    assertThat(alarms(scores, 7)).isEqualTo(2);
  }

  @Test
  void countsADetectorThatNeverFallsSilentEveryHour() {
    for (int i = 0; i < 24 * 60; i++) {
      row("pump", i, i == 700);
    }

    assertThat(alarms(new double[24 * 60], -1)).isEqualTo(24);
  }

  @Test
  void countsEveryEntityByItself() {
    row("pump", 0, false);
    row("fan", 1, false);
    row("pump", 2, false);

    assertThat(alarms(new double[] {9, 9, 9}, 1)).isEqualTo(2);
  }

  @Test
  void countsNoRowOfAnEventAndNoneWithoutAScore() {
    row("pump", 0, true);
    row("pump", 100, false);
    row("pump", 200, false);

    assertThat(alarms(new double[] {9, Double.NaN, 9}, 1)).isEqualTo(1);
  }

  @Test
  void letsAllRowsBeAlarmsWhereSoManyMayBe() {
    row("pump", 0, false);
    row("pump", 100, true);

    assertThat(threshold(new double[] {1, 2}, 1)).isEqualTo(Double.NEGATIVE_INFINITY);
  }

  private double threshold(double[] scores, long allowed) {
    return new AlarmsPerDay(build()).threshold(scores, allowed);
  }

  private long alarms(double[] scores, double threshold) {
    return new AlarmsPerDay(build()).falseAlarms(scores, threshold);
  }

  private SensorTable build() {
    return table.build(new Lineage.Generated("by hand"));
  }

  private void row(String entity, int minute, boolean anomalous) {
    table.add(1).of(entity).at(START.plusSeconds(60L * minute)).labelled(anomalous);
  }
}
