package dev.elbow.detector.entity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.elbow.detector.metrics.DetectionMetrics;
import dev.elbow.detector.metrics.Scrape;
import dev.elbow.event.Coordinates;
import dev.elbow.event.Silence;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RollCallTest {

  private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
  private static final Instant WALL_CLOCK = Instant.parse("2026-06-01T00:00:00Z");
  private static final Partition PARTITION = new Partition("observations", 3);
  private static final SilenceRule RULE =
      new SilenceRule(10, Duration.ofSeconds(30), Duration.ofDays(2));

  private final DetectionMetrics metrics = new DetectionMetrics();
  private final TestStores stores;
  private final List<Silence> told = new ArrayList<>();
  private final List<String> forgotten = new ArrayList<>();
  private long offset;

  RollCallTest(@TempDir Path directory) {
    stores = new TestStores(directory);
  }

  @AfterEach
  void close() {
    stores.close();
    metrics.close();
  }

  @Test
  void tellsOfSilenceOnceAndOfItsEnd() {
    RollCall rollCall = rollCall(RULE);
    hearEvery(rollCall, 10, 0, 300, "pump", "fan");
    long last = offset - 2;

    hearEvery(rollCall, 10, 300, 1000, "fan");
    hearEvery(rollCall, 10, 1000, 1010, "pump");

    assertThat(told)
        .extracting(Silence::entity, Silence::status, Silence::timestamp, Silence::lastHeard)
        .containsExactly(
            tuple("pump", Silence.Status.SILENT, at(390), at(290)),
            tuple("pump", Silence.Status.HEARD_AGAIN, at(1000), at(290)));
    assertThat(told.get(0).usualStep()).isEqualTo(Duration.ofSeconds(10));
    assertThat(told.get(0).source()).isEqualTo(new Coordinates("observations", 3, last));
    assertThat(told).extracting(Silence::id).containsOnly(Silence.idOf(told.get(0).source()));
  }

  @Test
  void waitsForTheLeastTimeEvenIfStepsAreShort() {
    RollCall rollCall = rollCall(RULE);
    hearEvery(rollCall, 1, 0, 60, "pump", "fan");

    hearEvery(rollCall, 1, 60, 89, "fan");
    assertThat(told).isEmpty();

    hearEvery(rollCall, 1, 89, 90, "fan");
    assertThat(told).extracting(Silence::timestamp).containsExactly(at(89));
  }

  @Test
  void noticesStreamThatDriesUpByTheTimeThatGoesBy() {
    RollCall rollCall = rollCall(RULE);
    hearEvery(rollCall, 1, 0, 60, "pump");
    rollCall.tick(Duration.ofSeconds(1)); // there were records since the last

    tick(rollCall, 29);
    assertThat(told).isEmpty();

    tick(rollCall, 1);
    assertThat(told).extracting(Silence::timestamp).containsExactly(at(89));
  }

  @Test
  void silenceOutlastsTheTask() {
    RollCall first = rollCall(RULE);
    hearEvery(first, 1, 0, 60, "pump", "fan");
    hearEvery(first, 1, 60, 100, "fan");
    assertThat(Scrape.of(metrics))
        .containsEntry("elbow_entities", 2.0)
        .containsEntry("elbow_entities_silent", 1.0);
    first.close();
    assertThat(Scrape.of(metrics))
        .containsEntry("elbow_entities", 0.0)
        .containsEntry("elbow_entities_silent", 0.0);

    RollCall second = rollCall(RULE);
    assertThat(Scrape.of(metrics))
        .containsEntry("elbow_entities", 2.0)
        .containsEntry("elbow_entities_silent", 1.0);
    hearEvery(second, 1, 100, 150, "fan");
    assertThat(told).extracting(Silence::status).containsExactly(Silence.Status.SILENT);

    hearEvery(second, 1, 150, 151, "pump");
    assertThat(told).last().extracting(Silence::status).isEqualTo(Silence.Status.HEARD_AGAIN);
    assertThat(Scrape.of(metrics)).containsEntry("elbow_entities_silent", 0.0);
  }

  @Test
  void findsSilenceThatBeganWhileNoTaskRan() {
    RollCall first = rollCall(RULE);
    hearEvery(first, 1, 0, 60, "pump", "fan");
    first.close();

    hearEvery(rollCall(RULE), 1, 3600, 3601, "fan");

    assertThat(told)
        .extracting(Silence::entity, Silence::status, Silence::timestamp)
        .containsExactlyInAnyOrder(
            tuple("pump", Silence.Status.SILENT, at(89)),
            tuple("fan", Silence.Status.SILENT, at(89)),
            tuple("fan", Silence.Status.HEARD_AGAIN, at(3600)));
  }

  @Test
  void oneDateFromTheFutureMakesNobodySilent() {
    RollCall rollCall = rollCall(RULE);
    hearEvery(rollCall, 1, 0, 60, "pump", "fan");
    Instant wallClock = START.plusSeconds(60);

    RollCall now =
        new RollCall(
            stores.stores(),
            PARTITION,
            RULE,
            metrics.entities(),
            () -> wallClock,
            told::add,
            forgotten::add);
    now.heard("fan", Instant.parse("2199-01-01T00:00:00Z"), next(), Optional.empty());

    assertThat(told).isEmpty();
  }

  @Test
  void clockOfItsOwnMakesNobodySilent() {
    RollCall rollCall = rollCall(RULE);

    for (int second = 0; second < 200; second++) {
      rollCall.heard("fan", at(second), next(), Optional.empty());
      rollCall.heard("pump, an hour slow", at(second - 3600), next(), Optional.empty());
    }

    assertThat(told).isEmpty();
  }

  @Test
  void knowsNothingOfEntityThatWasHeardOfAFewTimesOnly() {
    RollCall rollCall = rollCall(RULE);
    hearEvery(rollCall, 1, 0, 8, "visitor");

    hearEvery(rollCall, 1, 8, 500, "fan");

    assertThat(told).isEmpty();
  }

  @Test
  void takesTheUsualStepOfTrainingUntilItKnowsBetter() {
    RollCall rollCall = rollCall(RULE);
    rollCall.heard("pump", at(0), next(), Optional.of(Duration.ofSeconds(5)));

    hearEvery(rollCall, 1, 1, 60, "fan");

    assertThat(told).extracting(Silence::timestamp).containsExactly(at(50));
  }

  @Test
  void silenceDoesNotChangeWhatIsUsual() {
    RollCall rollCall = rollCall(RULE);
    hearEvery(rollCall, 1, 0, 60, "pump", "fan");
    hearEvery(rollCall, 1, 60, 1000, "fan");

    hearEvery(rollCall, 1, 1000, 1010, "pump", "fan");
    hearEvery(rollCall, 1, 1010, 1100, "fan");

    assertThat(told)
        .extracting(Silence::timestamp)
        .containsExactly(at(89), at(1000), at(1009 + 30));
  }

  @Test
  void repeatsAreNotHeard() {
    RollCall rollCall = rollCall(RULE);
    hearEvery(rollCall, 1, 0, 60, "pump", "fan");
    hearEvery(rollCall, 1, 60, 200, "fan");

    rollCall.heard("pump", at(59), PARTITION.record(5), Optional.empty());

    assertThat(told).extracting(Silence::status).containsExactly(Silence.Status.SILENT);
  }

  @Test
  void neverCallsIfSetTo() {
    RollCall rollCall = rollCall(new SilenceRule(0, RULE.least(), RULE.forget()));
    hearEvery(rollCall, 1, 0, 60, "pump", "fan");

    hearEvery(rollCall, 1, 60, 1000, "fan");

    assertThat(told).isEmpty();
  }

  @Test
  void forgetsEntityThatIsGone() {
    RollCall rollCall = rollCall(RULE);
    hearEvery(rollCall, 1, 0, 60, "pump", "fan");

    hearEvery(rollCall, 3600, 3600, 50 * 3600, "fan");

    assertThat(forgotten).containsExactly("pump");
    assertThat(stores.entitiesHeard()).containsExactly("fan");
    assertThat(Scrape.of(metrics)).containsEntry("elbow_entities", 1.0);
  }

  private RollCall rollCall(SilenceRule rule) {
    return new RollCall(
        stores.stores(),
        PARTITION,
        rule,
        metrics.entities(),
        () -> WALL_CLOCK,
        told::add,
        forgotten::add);
  }

  private void hearEvery(RollCall rollCall, int step, int from, int to, String... entities) {
    for (int second = from; second < to; second += step) {
      for (String entity : entities) {
        rollCall.heard(entity, at(second), next(), Optional.empty());
        rollCall.save();
      }
    }
  }

  private static void tick(RollCall rollCall, int times) {
    for (int i = 0; i < times; i++) {
      rollCall.tick(Duration.ofSeconds(1));
    }
  }

  private Coordinates next() {
    return PARTITION.record(offset++);
  }

  private static Instant at(int second) {
    return START.plusSeconds(second);
  }
}
