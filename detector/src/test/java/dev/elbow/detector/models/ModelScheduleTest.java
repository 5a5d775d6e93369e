package dev.elbow.detector.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elbow.bundle.ModelBundle;
import dev.elbow.detector.TestBundles;
import dev.elbow.detector.metrics.DetectionMetrics;
import dev.elbow.detector.metrics.Scrape;
import dev.elbow.event.Activation;
import dev.elbow.event.EntityGroup;
import dev.elbow.input.InvalidInputException;
import dev.elbow.score.Mask;
import dev.elbow.score.Rows;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ModelScheduleTest {

  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final ModelBundle A = TestBundles.standard();
  private static final ModelBundle B = TestBundles.bundle(TestBundles.SENSORS, List.of(), 20);
  private static final ModelBundle C = TestBundles.bundle(TestBundles.SENSORS, List.of(), 30);
  private static final String REFUSED = "d".repeat(64);

  private final Map<String, ModelBundle> bundles =
      new HashMap<>(Map.of(A.id(), A, B.id(), B, C.id(), C));
  private final List<String> read = new ArrayList<>();
  private final DetectionMetrics metrics = new DetectionMetrics();
  private final InstantSource clock = InstantSource.fixed(NOON.plusSeconds(600));

  @AfterEach
  void close() {
    metrics.close();
  }

  @Test
  void choosesByEntityAndTimeOfTheObservation() {
    try (ModelSchedule schedule = schedule(16)) {
      schedule.follow(
          List.of(all(A.id(), Activation.ALWAYS), all(B.id(), NOON), of("pump-7", C.id(), NOON)));

      try (Models.Hold held = schedule.hold()) {
        assertThat(id(held, "pump-1", NOON.minusSeconds(1))).contains(A.id());
        assertThat(id(held, "pump-1", NOON)).contains(B.id());
        assertThat(id(held, "pump-7", NOON.minusSeconds(1))).contains(A.id());
        assertThat(id(held, "pump-7", NOON)).contains(C.id());
      }
      assertThat(schedule.id()).contains(B.id());
    }
  }

  @Test
  void hasNoModelForWhatNothingIsActivatedFor() {
    try (ModelSchedule schedule = schedule(16)) {
      assertThat(schedule.isEmpty()).isTrue();
      schedule.follow(List.of(of("pump-*", A.id(), NOON)));

      assertThat(schedule.isEmpty()).isFalse();
      try (Models.Hold held = schedule.hold()) {
        assertThat(held.of("fan-1", NOON)).isEmpty();
        assertThat(held.of("pump-1", NOON.minusSeconds(1))).isEmpty();
        assertThat(held.of("pump-1", NOON)).isPresent();
      }
    }
  }

  @Test
  void opensModelsBeforeTheirTimeComes() {
    try (ModelSchedule schedule = schedule(16)) {
      schedule.follow(List.of(all(A.id(), Activation.ALWAYS)));
      schedule.follow(
          List.of(all(A.id(), Activation.ALWAYS), all(B.id(), clock.instant().plusSeconds(60))));

      assertThat(read).containsExactly(A.id(), B.id());
      assertThat(schedule.id()).contains(A.id());
      assertThat(Scrape.of(metrics)).containsEntry("elbow_models_open", 2.0);
    }
  }

  @Test
  void opensModelsOfThePastOnlyWhenAnObservationNeedsThem() {
    try (ModelSchedule schedule = schedule(16)) {
      schedule.follow(List.of(all(A.id(), Activation.ALWAYS), all(B.id(), NOON)));
      assertThat(read).containsExactly(B.id());

      try (Models.Hold held = schedule.hold()) {
        assertThat(id(held, "pump-1", Instant.EPOCH)).contains(A.id());
      }
      assertThat(read).containsExactly(B.id(), A.id());
    }
  }

  @Test
  void goesOnWithTheOneBeforeWhereBundleIsRefused() {
    try (ModelSchedule schedule = schedule(16)) {
      schedule.follow(List.of(all(A.id(), Activation.ALWAYS)));
      schedule.follow(List.of(all(A.id(), Activation.ALWAYS), all(REFUSED, NOON)));

      try (Models.Hold held = schedule.hold()) {
        assertThat(id(held, "pump-1", NOON.plusSeconds(1))).contains(A.id());
      }
      assertThat(Scrape.of(metrics))
          .containsEntry("elbow_model_loads_total{outcome=\"refused\"}", 1.0)
          .containsEntry("elbow_model_activations_total{outcome=\"in-time\"}", 1.0);
    }
  }

  /** It makes no difference whether it is found out ahead or by an observation of the past. */
  @Test
  void findsRefusedBundleOfThePastWhenItIsNeeded() {
    try (ModelSchedule schedule = schedule(16)) {
      schedule.follow(
          List.of(
              all(A.id(), Activation.ALWAYS),
              all(REFUSED, NOON.minusSeconds(60)),
              all(B.id(), NOON)));

      try (Models.Hold held = schedule.hold()) {
        assertThat(id(held, "pump-1", NOON.minusSeconds(30))).contains(A.id());
        assertThat(id(held, "pump-1", NOON)).contains(B.id());
      }
    }
  }

  @Test
  void saysWhichActivationComesLate() {
    try (ModelSchedule schedule = schedule(16)) {
      schedule.follow(List.of(all(A.id(), Activation.ALWAYS)));
      try (Models.Hold held = schedule.hold()) {
        held.judged(NOON.plusSeconds(5));
        held.judged(Instant.parse("2199-01-01T00:00:00Z")); // a wrong clock: it is not 2199 yet
      }
      schedule.follow(
          List.of(
              all(A.id(), Activation.ALWAYS),
              all(B.id(), NOON.plusSeconds(1)),
              of("pump-7", C.id(), clock.instant().plusSeconds(1))));

      assertThat(Scrape.of(metrics))
          .containsEntry("elbow_model_activations_total{outcome=\"late\"}", 1.0)
          .containsEntry("elbow_model_activations_total{outcome=\"in-time\"}", 2.0);
    }
  }

  @Test
  void closesWhatThereIsNoRoomForAndNothingThatIsHeld() {
    try (ModelSchedule schedule = schedule(1)) {
      schedule.follow(List.of(all(A.id(), Activation.ALWAYS), all(B.id(), NOON)));
      LoadedModel a;
      try (Models.Hold held = schedule.hold()) {
        a = held.of("pump-1", Instant.EPOCH).orElseThrow();
        assertThat(held.of("pump-1", NOON)).isPresent();

        assertThat(a.score(Rows.zeros(1, 4), Mask.all(1, 4))).hasSize(1);
      }

      assertThatThrownBy(() -> a.score(Rows.zeros(1, 4), Mask.all(1, 4)))
          .hasMessageContaining("closed");
      assertThat(Scrape.of(metrics)).containsEntry("elbow_models_open", 1.0);
    }
    assertThat(Scrape.of(metrics)).containsEntry("elbow_models_open", 0.0);
  }

  @Test
  void scoresOnSeveralThreadsWhileModelsComeAndGo() throws Exception {
    try (ModelSchedule schedule = schedule(2)) {
      List<Activation> activations = new ArrayList<>(List.of(all(A.id(), Activation.ALWAYS)));
      schedule.follow(activations);
      AtomicBoolean following = new AtomicBoolean(true);
      ExecutorService threads = Executors.newFixedThreadPool(2);

      List<Future<Integer>> scored = new ArrayList<>();
      scored.add(threads.submit(() -> scoreWhile(following, schedule)));
      scored.add(threads.submit(() -> scoreWhile(following, schedule)));
      List<String> ids = List.of(A.id(), B.id(), C.id());
      for (int i = 0; i < 60; i++) {
        activations.add(all(ids.get(i % 3), NOON.plusSeconds(i)));
        schedule.follow(activations);
      }
      following.set(false);

      assertThat(scored.get(0).get()).isPositive();
      assertThat(scored.get(1).get()).isPositive();
      threads.shutdown();
    }
    assertThat(Scrape.of(metrics)).containsEntry("elbow_models_open", 0.0);
  }

  private static int scoreWhile(AtomicBoolean going, ModelSchedule schedule) {
    int rows = 0;
    do {
      try (Models.Hold held = schedule.hold()) {
        for (int i = 0; i < 3; i++) {
          LoadedModel model = held.of("pump-1", NOON.plusSeconds(20L * i)).orElseThrow();
          rows += model.score(Rows.zeros(1, 4), Mask.all(1, 4)).size();
        }
      }
    } while (going.get());
    return rows;
  }

  private ModelSchedule schedule(int mostOpen) {
    return new ModelSchedule(this::bundle, mostOpen, metrics.models(), clock);
  }

  private ModelBundle bundle(String id) {
    synchronized (read) {
      read.add(id);
    }
    return Optional.ofNullable(bundles.get(id))
        .orElseThrow(() -> new InvalidInputException("bundle " + id + ": damaged"));
  }

  private static Optional<String> id(Models.Hold held, String entity, Instant time) {
    return held.of(entity, time).map(LoadedModel::id);
  }

  private static Activation all(String bundle, Instant from) {
    return of("*", bundle, from);
  }

  private static Activation of(String entities, String bundle, Instant from) {
    return new Activation(Optional.of(bundle), from, new EntityGroup(entities));
  }
}
