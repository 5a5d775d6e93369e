package dev.elbow.detector;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.elbow.alarm.AlarmLevel;
import dev.elbow.broker.EmbeddedBroker;
import dev.elbow.bundle.BundleWriter;
import dev.elbow.event.Coordinates;
import dev.elbow.event.Episode;
import dev.elbow.event.EpisodeJson;
import dev.elbow.event.ScoreEvent;
import dev.elbow.event.ScoreEventJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a detector knows of the entities survives it: the scores are those of one that never
 * stopped.
 */
class SeriesOnBrokerTest {

  private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final List<String> ENTITIES = List.of("pump-1", "pump-2", "pump-3");

  /** Larger than the rejections topic is going to take. */
  private static final String POISON = "{".repeat(100_000);

  private final EmbeddedBroker broker;
  private final TestKafka kafka;
  private final Path directory;
  private final Path bundle;

  SeriesOnBrokerTest(@TempDir Path directory) throws IOException {
    this.directory = directory;
    this.bundle = directory.resolve("model");
    broker = EmbeddedBroker.start(directory.resolve("broker"));
    kafka = new TestKafka(broker);
  }

  @BeforeEach
  void createTopicsAndBundle() {
    for (String topic :
        List.of(
            "observations",
            "anomalies",
            "rejections",
            "episodes",
            "scores",
            "expected",
            "expected-episodes")) {
      broker.createTopic(topic, 2, Map.of());
    }
    BundleWriter.write(TestBundles.ofSeries(8), bundle);
  }

  @AfterEach
  void stopBroker() {
    kafka.close();
    broker.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"exactly_once_v2", "at_least_once"})
  void scoresAsOneThatNeverStoppedAfterCrashAndLossOfItsDisk(String guarantee) throws Exception {
    Map<String, String> seldom =
        Map.of("processing.guarantee", guarantee, "commit.interval.ms", "9000");
    try (Detector detector = Detector.start(config(seldom))) {
      await().atMost(PATIENCE).until(detector::ready);
      kafka.setMaxMessageBytes("rejections", 10_000);
      send(0, 60);
      sendPoison();
      assertThat(detector.awaitEnd()).isFalse(); // hardly anything it did is committed
    }
    delete(directory.resolve("state"));
    kafka.setMaxMessageBytes("rejections", 1_000_000);
    send(60, 100);
    Map<Coordinates, ScoreEvent> expected = scoresOfOneThatNeverStops();

    try (Detector detector = Detector.start(config(Map.of("processing.guarantee", guarantee)))) {
      awaitScores("scores", expected.size());
      assertThat(detector.ready()).isTrue();
    }

    List<ScoreEvent> scores = scores("scores");
    assertThat(scores)
        .allSatisfy(score -> assertThat(score).isEqualTo(expected.get(score.source())));
    List<Episode> episodes = episodes("episodes");
    List<Episode> expectedEpisodes = episodes("expected-episodes");
    assertThat(new HashSet<>(episodes)).isEqualTo(new HashSet<>(expectedEpisodes));
    assertThat(expectedEpisodes)
        .extracting(Episode::status)
        .contains(Episode.Status.STARTED, Episode.Status.ONGOING);
    if (guarantee.equals("exactly_once_v2")) {
      assertThat(scores).hasSameSizeAs(expected.values());
      assertThat(episodes).containsExactlyInAnyOrderElementsOf(expectedEpisodes);
    }
  }

  @Test
  void goesOnWithAllItKnewAfterLossOfItsDisk() throws Exception {
    send(0, 60);
    Map<String, String> soon = Map.of("commit.interval.ms", "10");
    try (Detector first = Detector.start(config(soon))) {
      awaitScores("scores", ENTITIES.size() * (60 - 7));
      assertThat(first.ready()).isTrue();
    }
    delete(directory.resolve("state"));

    send(60, 100);
    Map<Coordinates, ScoreEvent> expected = scoresOfOneThatNeverStops();
    try (Detector second = Detector.start(config(soon))) {
      awaitScores("scores", expected.size());
      assertThat(second.ready()).isTrue();
    }

    assertThat(scores("scores")).containsExactlyInAnyOrderElementsOf(expected.values());
    assertThat(episodes("episodes"))
        .containsExactlyInAnyOrderElementsOf(episodes("expected-episodes"));
    assertThat(expected.values()).extracting(ScoreEvent::status).contains(AlarmLevel.values());
  }

  private Map<Coordinates, ScoreEvent> scoresOfOneThatNeverStops() {
    Map<String, String> apart =
        Map.of(
            "application.id", "reference",
            "topics.scores", "expected",
            "topics.episodes", "expected-episodes",
            "state.dir", directory.resolve("reference").toString());
    try (Detector detector = Detector.start(config(apart))) {
      awaitScores("expected", ENTITIES.size() * (100 - 7));
      assertThat(detector.ready()).isTrue();
    }
    Map<Coordinates, ScoreEvent> scores =
        new TreeMap<>(Comparator.comparing(Coordinates::toString));
    scores("expected").forEach(score -> scores.put(score.source(), score));
    return scores;
  }

  /** Each entity has its partition; all become stranger in the end. */
  private void send(int from, int to) {
    Random random = new Random(from);
    for (int t = from; t < to; t++) {
      for (int i = 0; i < ENTITIES.size(); i++) {
        double drift = t < 50 ? 0 : 0.3 * (t - 50);
        String json =
            "{\"pressure\":%s,\"flow\":%s,\"heat\":%s,\"noise\":%s}"
                .formatted(
                    10 + random.nextGaussian(),
                    10 + random.nextGaussian() + drift,
                    10 + random.nextGaussian(),
                    10 + random.nextGaussian());
        kafka.send(
            new ProducerRecord<>(
                "observations",
                i % 2,
                START.plusSeconds(t).toEpochMilli(),
                ENTITIES.get(i).getBytes(UTF_8),
                json.getBytes(UTF_8)));
      }
    }
  }

  private void sendPoison() {
    for (int partition = 0; partition < 2; partition++) {
      kafka.send("observations", partition, "pump-1", POISON);
    }
  }

  private DetectorConfig config(Map<String, String> options) {
    Map<String, String> all = new HashMap<>();
    all.put("bootstrap.servers", broker.bootstrapServers());
    all.put("application.id", "detector");
    all.put("topics.scores", "scores");
    all.put("model.directory", bundle.toString());
    all.put("state.dir", directory.resolve("state").toString());
    all.put("metrics.port", "0");
    all.putAll(options);
    return DetectorConfig.read(Optional.empty(), Map.of(), all);
  }

  /** Those that are committed and no warming up. */
  private List<ScoreEvent> scores(String topic) {
    return kafka.committed(topic).stream()
        .filter(record -> !new String(record.value(), UTF_8).contains("warming-up"))
        .map(record -> ScoreEventJson.decode(record.value()))
        .toList();
  }

  /** Those that are committed, of all entities. */
  private List<Episode> episodes(String topic) {
    return kafka.committed(topic).stream()
        .map(record -> EpisodeJson.decode(record.value()))
        .toList();
  }

  private void awaitScores(String topic, int count) {
    await()
        .atMost(PATIENCE)
        .until(() -> scores(topic).stream().map(ScoreEvent::source).distinct().count() >= count);
  }

  private static void delete(Path tree) throws IOException {
    try (Stream<Path> paths = Files.walk(tree)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
