package dev.elbow.detector.episode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.elbow.detector.entity.Partition;
import dev.elbow.detector.metrics.DetectionMetrics;
import dev.elbow.detector.metrics.Scrape;
import dev.elbow.event.Episode;
import dev.elbow.event.Episode.Reason;
import dev.elbow.event.Episode.Status;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The episodes of a task, on a store on disk; over after 3 calm rows and 5 seconds. */
class EpisodesTest {

  private static final EpisodeRule RULE =
      new EpisodeRule(Duration.ofSeconds(5), 3, Duration.ofSeconds(60), 2);
  private static final Partition PARTITION = new Partition("observations", 3);
  private static final Instant WALL_CLOCK = Instant.parse("2026-11-01T00:00:00Z");
  private static final boolean AT_LEAST_ONCE = true;
  private static final boolean EXACTLY_ONCE = false;
  private static final String OTHER_MODEL = "0".repeat(64);

  private final DetectionMetrics metrics = new DetectionMetrics();
  private final KeyValueStore<byte[], byte[]> store =
      EpisodeStore.builder().withLoggingDisabled().build();
  private final MockProcessorContext<byte[], byte[]> context;
  private final List<Episode> told = new ArrayList<>();

  EpisodesTest(@TempDir Path directory) {
    context = new MockProcessorContext<>(new Properties(), new TaskId(0, 3), directory.toFile());
    store.init(context.getStateStoreContext(), store);
    context.addStateStore(store);
  }

  @AfterEach
  void close() {
    store.close();
    metrics.close();
  }

  @Test
  void isToldAtItsBeginningAndAtItsEnd() {
    Episodes episodes = start(EXACTLY_ONCE);

    take(episodes, Rows.calm(0), Rows.anomaly(1, 30), Rows.anomaly(2, 31));
    assertThat(told).extracting(Episode::status).containsExactly(Status.STARTED);
    take(episodes, Rows.calm(3), Rows.calm(4), Rows.calm(5), Rows.calm(6), Rows.calm(7));

    assertThat(told)
        .extracting(Episode::status, Episode::anomalies, Episode::reason, Episode::timestamp)
        .containsExactly(
            tuple(Status.STARTED, 1L, Optional.empty(), Rows.time(1)),
            tuple(Status.ENDED, 2L, Optional.of(Reason.NORMAL), Rows.time(7)));
    assertThat(told).extracting(Episode::id).containsOnly(told.get(0).id());
    assertThat(entries()).isZero();
  }

  @Test
  void anEntityHasOneEpisodeAfterAnother() {
    Episodes episodes = start(EXACTLY_ONCE);

    take(episodes, Rows.anomaly(0, 30), Rows.calm(1), Rows.calm(2), Rows.calm(5));
    take(episodes, Rows.anomaly(6, 30));

    assertThat(told)
        .extracting(Episode::status)
        .containsExactly(Status.STARTED, Status.ENDED, Status.STARTED);
    assertThat(told.get(2).id()).isNotEqualTo(told.get(0).id());
  }

  @ParameterizedTest
  @ValueSource(booleans = {AT_LEAST_ONCE, EXACTLY_ONCE})
  void outlastsRestartAsIfThereHadBeenNone(boolean repeatable) {
    Episodes first = start(repeatable);
    take(first, Rows.anomaly(0, 30), Rows.calm(1), Rows.anomaly(2, 80), Rows.calm(3));
    first.close();

    Episodes second = start(repeatable);
    take(second, Rows.anomaly(4, 20), Rows.calm(5), Rows.calm(6), Rows.calm(7), Rows.calm(9));

    Episode end = told.get(2);
    assertThat(told)
        .extracting(Episode::status)
        .containsExactly(Status.STARTED, Status.ONGOING, Status.ENDED);
    assertThat(end.id()).isEqualTo(told.get(0).id());
    assertThat(end.rows()).isEqualTo(5);
    assertThat(end.anomalies()).isEqualTo(3);
    assertThat(end.peak().source()).isEqualTo(PARTITION.record(102));
  }

  @Test
  void endsWhenAnotherModelScoresAndItsAnomalyBeginsTheNext() {
    Episodes episodes = start(EXACTLY_ONCE);

    take(episodes, Rows.anomaly(0, 30), Rows.of(OTHER_MODEL, Rows.anomaly(1, 40)));

    assertThat(told)
        .extracting(Episode::status, Episode::model, Episode::reason)
        .containsExactly(
            tuple(Status.STARTED, Rows.MODEL, Optional.empty()),
            tuple(Status.ENDED, Rows.MODEL, Optional.of(Reason.MODEL_CHANGED)),
            tuple(Status.STARTED, OTHER_MODEL, Optional.empty()));
    assertThat(told.get(1).anomalies()).isEqualTo(1);
  }

  @Test
  void acknowledgementEndsItOnlyInShift() {
    Episodes episodes = start(EXACTLY_ONCE);
    take(episodes, Rows.anomaly(0, 30));

    episodes.acknowledged(Rows.ENTITY);
    episodes.acknowledged("pump-8");
    assertThat(told).hasSize(1);

    take(episodes, Rows.notCalm(1, true));
    episodes.acknowledged(Rows.ENTITY);
    episodes.settled();
    assertThat(told)
        .extracting(Episode::status)
        .containsExactly(Status.STARTED, Status.ONGOING, Status.ENDED);
    assertThat(told.get(2).reason()).contains(Reason.ACKNOWLEDGED);
    assertThat(entries()).isZero();
  }

  @Test
  void silenceEndsItByTheRowsOfOthersAndByTheClockAlike() {
    Episodes episodes = start(EXACTLY_ONCE);
    take(episodes, Rows.anomaly(0, 30), Rows.calm(1));

    passOther(episodes, 5);
    assertThat(told).hasSize(1);
    passOther(episodes, 6);
    Episode byOthers = told.get(1);

    told.clear();
    Episodes another = start(EXACTLY_ONCE);
    take(another, Rows.anomaly(0, 30), Rows.calm(1));
    another.tick(Duration.ofSeconds(1)); // there were rows since the tick before
    for (int second = 0; second < 4; second++) {
      another.tick(Duration.ofSeconds(1));
    }
    assertThat(told).hasSize(1);
    another.tick(Duration.ofSeconds(1));

    assertThat(byOthers.reason()).contains(Reason.SILENT);
    assertThat(told.get(1)).isEqualTo(byOthers);
  }

  @Test
  void silenceIsCountedOnFromRestart() {
    Episodes first = start(EXACTLY_ONCE);
    take(first, Rows.anomaly(0, 30));
    first.close();

    Episodes second = start(EXACTLY_ONCE);
    second.tick(Duration.ofSeconds(4));
    assertThat(told).hasSize(1);
    second.tick(Duration.ofSeconds(1));

    assertThat(told.get(1).reason()).contains(Reason.SILENT);
  }

  /** Records from offset 102 on come again, and the store knows those up to 109 already. */
  @Test
  void tellsAgainToTheLetterOfRecordsThatComeAgain() {
    List<JudgedRow> rows =
        List.of(
            Rows.anomaly(0, 30),
            Rows.calm(1),
            Rows.anomaly(2, 80),
            Rows.calm(3),
            Rows.calm(4),
            Rows.calm(7),
            Rows.anomaly(8, 20),
            Rows.calm(9));
    Episodes first = start(AT_LEAST_ONCE);
    rows.forEach(row -> take(first, row));
    List<Episode> toldBefore = List.copyOf(told);
    first.close();
    told.clear();

    Episodes second = start(AT_LEAST_ONCE);
    rows.subList(2, rows.size()).forEach(row -> take(second, row));

    assertThat(toldBefore)
        .extracting(Episode::status)
        .containsExactly(Status.STARTED, Status.ONGOING, Status.ENDED, Status.STARTED);
    assertThat(told).isEqualTo(toldBefore.subList(1, 4));

    told.clear();
    take(second, Rows.calm(10), Rows.calm(13));
    assertThat(told).singleElement().extracting(Episode::anomalies).isEqualTo(1L);
  }

  @Test
  void tellsOnceWhatComesOnceThoughItMightComeAgain() {
    Episodes first = start(AT_LEAST_ONCE);
    take(first, Rows.anomaly(0, 30), Rows.calm(1), Rows.calm(2), Rows.calm(5));
    first.close();
    told.clear();

    Episodes second = start(AT_LEAST_ONCE);
    take(second, Rows.calm(6));

    assertThat(told).isEmpty();
    assertThat(entries()).isZero();
  }

  @Test
  void tellsAgainOfAnEndBetweenTwoRecordsUnlessTheNextIsCommitted() {
    Episodes first = start(AT_LEAST_ONCE);
    take(first, Rows.anomaly(0, 30));
    first.tick(Duration.ofSeconds(1));
    first.tick(Duration.ofSeconds(5));
    first.settled();
    Episode end = told.get(1);
    told.clear();

    take(start(AT_LEAST_ONCE), Rows.calm(1));
    assertThat(told).containsExactly(end);

    told.clear();
    take(start(AT_LEAST_ONCE), Rows.calm(2));
    assertThat(told).isEmpty();
  }

  @Test
  void countsWhatBeginsGoesOnAndEnds() {
    Episodes episodes = start(EXACTLY_ONCE);
    take(episodes, Rows.anomaly(0, 30), Rows.anomaly(1, 30));

    assertThat(Scrape.of(metrics))
        .containsEntry("elbow_episodes_started_total", 1.0)
        .containsEntry("elbow_episodes_open", 1.0)
        .containsEntry("elbow_episode_anomalies{entity=\"pump-7\"}", 2.0);

    take(episodes, Rows.calm(2), Rows.calm(3), Rows.calm(6));

    assertThat(Scrape.of(metrics))
        .containsEntry("elbow_episodes_ended_total{reason=\"normal\"}", 1.0)
        .containsEntry("elbow_episodes_open", 0.0)
        .doesNotContainKey("elbow_episode_anomalies{entity=\"pump-7\"}");
  }

  @Test
  void gaugesFollowTheTask() {
    Episodes first = start(EXACTLY_ONCE);
    take(first, Rows.anomaly(0, 30));
    first.close();
    assertThat(Scrape.of(metrics)).containsEntry("elbow_episodes_open", 0.0);

    start(EXACTLY_ONCE);

    assertThat(Scrape.of(metrics))
        .containsEntry("elbow_episodes_open", 1.0)
        .containsEntry("elbow_episode_anomalies{entity=\"pump-7\"}", 1.0);
  }

  private Episodes start(boolean repeatable) {
    return new Episodes(context, PARTITION, RULE, repeatable, told::add, metrics.episodes());
  }

  /** As the processor does, each row a frame of its own. */
  private static void take(Episodes episodes, JudgedRow... rows) {
    for (JudgedRow row : rows) {
      episodes.record(row.offset());
      episodes.row(row.observed(), WALL_CLOCK);
      if (row.anomaly().isPresent() || episodes.concerns(row.entity())) {
        episodes.scored(row);
      }
      episodes.settled();
    }
  }

  /** A normal row of another entity at that second. */
  private static void passOther(Episodes episodes, int second) {
    episodes.record(200 + second);
    episodes.row(Rows.time(second), WALL_CLOCK);
    episodes.settled();
  }

  private int entries() {
    int entries = 0;
    try (KeyValueIterator<byte[], byte[]> all = store.all()) {
      while (all.hasNext()) {
        all.next();
        entries++;
      }
    }
    return entries;
  }
}
