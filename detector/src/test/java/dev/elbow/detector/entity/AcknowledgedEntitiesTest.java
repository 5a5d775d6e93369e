package dev.elbow.detector.entity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elbow.alarm.AlarmLevel;
import dev.elbow.alarm.Alarms;
import dev.elbow.alarm.Clocks;
import dev.elbow.alarm.FlatLine;
import dev.elbow.alarm.Judgement;
import dev.elbow.alarm.Smoothing;
import dev.elbow.alarm.ThresholdOn;
import dev.elbow.alarm.TwoClocks;
import dev.elbow.detector.metrics.DetectionMetrics;
import dev.elbow.detector.metrics.Scrape;
import dev.elbow.event.Coordinates;
import dev.elbow.row.FrontEnd;
import dev.elbow.row.RowTransform;
import dev.elbow.row.SensorScaling;
import dev.elbow.score.Squash;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Acknowledgements on the stores alone. Nothing is an onset here; the level goes half of the way to
 * a score, by 3 at most, and is a shift where it is more than 3 above the anchor. So of rows that
 * score 10 the second is in SHIFT: the level goes from 0 to 3 to 6, to 8 and to 9.
 */
class AcknowledgedEntitiesTest {

  private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
  private static final int PLACES = 4;
  private static final SilenceRule NEVER_SILENT =
      new SilenceRule(0, Duration.ofMinutes(1), Duration.ofDays(30));

  private final DetectionMetrics metrics = new DetectionMetrics();
  private final TestStores stores;

  AcknowledgedEntitiesTest(@TempDir Path directory) {
    stores = new TestStores(directory);
  }

  @AfterEach
  void close() {
    stores.close();
    metrics.close();
  }

  @Test
  void takesThePresentLevelForNormalUntilItMovesAgain() {
    Entities entities = entities();
    assertThat(levels(entities, 0, 10, 10)).containsExactly(AlarmLevel.NORMAL, AlarmLevel.SHIFT);

    boolean applied = entities.acknowledge("pump", model("m"));

    assertThat(applied).isTrue();
    assertThat(levels(entities, 2, 10, 10)).containsOnly(AlarmLevel.NORMAL);
    // from 9 by 3 to 12 and to 15; the anchor is 6
    assertThat(levels(entities, 4, 20, 20)).containsExactly(AlarmLevel.SHIFT, AlarmLevel.SHIFT);
  }

  @Test
  void lastsWithoutAnotherRow() {
    levels(entities(), 0, 10, 10);

    assertThat(entities().acknowledge("pump", model("m"))).isTrue();

    assertThat(entities().acknowledge("pump", model("m"))).isFalse();
    assertThat(levels(entities(), 2, 10)).containsExactly(AlarmLevel.NORMAL);
  }

  @Test
  void hasNothingToAcknowledgeWhereNothingIsShifted() {
    Entities entities = entities();
    levels(entities, 0, 10, 1, 1);

    assertThat(entities.acknowledge("pump", model("m"))).isFalse();
    assertThat(entities.acknowledge("another", model("m"))).isFalse();
    assertThat(stores.stores().state("another")).isEmpty();
  }

  @Test
  void hasNothingToAcknowledgeOfAnotherModelsTime() {
    levels(entities(), 0, 10, 10);

    assertThat(entities().acknowledge("pump", model("n"))).isFalse();
    assertThat(entities().acknowledge("pump", model("m"))).isTrue();
  }

  @Test
  void outlastsRowsThatComeAgain() {
    Entities entities = entities();
    levels(entities, 0, 10, 10);
    entities.acknowledge("pump", model("m"));
    List<Judgement> first = judge(entities, 2, 10, 20, 20);

    List<Judgement> again = judge(entities, 2, 10, 20, 20);

    assertThat(again).isEqualTo(first);
    assertThat(first)
        .extracting(Judgement::level)
        .containsExactly(AlarmLevel.NORMAL, AlarmLevel.SHIFT, AlarmLevel.SHIFT);
  }

  @Test
  void hasTheSameOutcomeWhenItComesAgainWithTheRowsBeforeIt() {
    Entities entities = entities();
    List<Judgement> before = judge(entities, 0, 1, 10, 10);
    entities.acknowledge("pump", model("m"));
    List<Judgement> after = judge(entities, 3, 10);

    List<Judgement> beforeAgain = judge(entities, 1, 10, 10);
    boolean appliedAgain = entities.acknowledge("pump", model("m"));
    List<Judgement> afterAgain = judge(entities, 3, 10);

    assertThat(beforeAgain).isEqualTo(before.subList(1, 3));
    assertThat(appliedAgain).isTrue();
    assertThat(afterAgain).isEqualTo(after);
  }

  @Test
  void keepsTheRowsItIsNotAbout() {
    Entities entities = entities();
    levels(entities, 0, 1, 1, 1, 1, 10, 10);

    entities.acknowledge("pump", model("m"));

    assertThat(stores.keptRows()).isEqualTo(PLACES);
    // one after the first of the rows in SHIFT comes again: the one before it was not acknowledged
    assertThat(levels(entities, 5, 10)).containsExactly(AlarmLevel.SHIFT);
  }

  @Test
  void countsShiftedEntitiesUntilTheyAreAcknowledged() {
    Entities entities = entities();
    levels(entities, 0, 10, 10);
    assertThat(Scrape.of(metrics)).containsEntry("elbow_entities_shifted", 1.0);

    entities.acknowledge("pump", model("m"));
    assertThat(Scrape.of(metrics)).containsEntry("elbow_entities_shifted", 0.0);

    levels(entities, 2, 20, 20);
    assertThat(Scrape.of(metrics)).containsEntry("elbow_entities_shifted", 1.0);

    entities.close();
    assertThat(Scrape.of(metrics)).containsEntry("elbow_entities_shifted", 0.0);
  }

  private static List<AlarmLevel> levels(Entities entities, int first, double... scores) {
    return judge(entities, first, scores).stream().map(Judgement::level).toList();
  }

  /** A row a second, with these scores from the record of that offset on. */
  private static List<Judgement> judge(Entities entities, int first, double... scores) {
    List<Judgement> judgements = new ArrayList<>();
    for (int i = 0; i < scores.length; i++) {
      int offset = first + i;
      PlacedRow row =
          entities
              .place(
                  "pump",
                  START.plusSeconds(offset),
                  new Coordinates("observations", 0, offset),
                  new double[] {offset},
                  model("m"))
              .orElseThrow();
      judgements.add(row.settle(scores[i]));
      entities.settled();
    }
    return judgements;
  }

  private Entities entities() {
    return new Entities(
        stores.context(),
        "observations",
        new EntitySettings(PLACES, NEVER_SILENT),
        new HistoryMemory(1 << 20),
        metrics.entities(),
        silence -> {});
  }

  private static EntityModel model(String bundle) {
    TwoClocks clocks = new TwoClocks(new Clocks(2, 0, 3), new TwoClocks.Normal(0, 1, 1));
    return EntityModel.of(
        bundle,
        FrontEnd.ofRows(new RowTransform(List.of(new SensorScaling("flow", 0, 1)), new Squash(3))),
        new Alarms(Smoothing.OFF, ThresholdOn.SMOOTHED, clocks),
        Double.POSITIVE_INFINITY,
        FlatLine.never(1));
  }
}
