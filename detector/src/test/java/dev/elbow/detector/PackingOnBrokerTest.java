package dev.elbow.detector;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import dev.elbow.broker.EmbeddedBroker;
import dev.elbow.bundle.BundleWriter;
import dev.elbow.detector.metrics.Scrape;
import dev.elbow.event.Coordinates;
import dev.elbow.event.Rejection;
import dev.elbow.event.ScoreEvent;
import dev.elbow.event.ScoreEventJson;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Packed or not, through a real consumer and real commits: the same outcomes, each once. */
class PackingOnBrokerTest {

  private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int WINDOW = 8;
  private static final int PARTITIONS = 2;

  /** The scores of a row in batches of different sizes differ by no more, in nats. */
  private static final double ROUNDING = 1e-4;

  private final EmbeddedBroker broker;
  private final TestKafka kafka;
  private final Path directory;
  private final Path bundle;

  PackingOnBrokerTest(@TempDir Path directory) throws IOException {
    this.directory = directory;
    this.bundle = directory.resolve("model");
    broker = EmbeddedBroker.start(directory.resolve("broker"));
    kafka = new TestKafka(broker);
    broker.createTopic("observations", PARTITIONS, Map.of());
    BundleWriter.write(TestBundles.ofSeries(WINDOW), bundle);
  }

  @AfterEach
  void stopBroker() {
    kafka.close();
    broker.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"exactly_once_v2", "at_least_once"})
  void givesEveryRecordTheOutcomeItHasAlone(String guarantee) throws Exception {
    int records = send(1200);

    try (Detector alone = start("alone", guarantee, Map.of("packing.records", "1"))) {
      awaitMetric(alone, "elbow_observations_received_total", records);
      awaitOutcomes("alone", records);
    }
    try (Detector packed = start("packed", guarantee, Map.of())) {
      awaitMetric(packed, "elbow_observations_received_total", records);
      awaitOutcomes("packed", records);
      awaitMetric(packed, "elbow_consumer_lag_records", 0);
      assertThat(scrape(packed).get("elbow_scoring_seconds_count")).isLessThan(records / 10.0);
    }

    assertSameScores(scores("packed"), scores("alone"));
    assertThat(rejections("packed")).isEqualTo(rejections("alone")).isNotEmpty();
    assertThat(outcomes("packed")).hasSize(records);
  }

  @Test
  void swapsTheModelBetweenFramesAndLosesNothing() throws Exception {
    int first = send(400);
    Map<String, String> settings = Map.of("model.poll.ms", "20", "packing.records", "16");
    try (Detector detector = start("swapped", "exactly_once_v2", settings)) {
      awaitOutcomes("swapped", first);
      String before = scores("swapped").get(0).model();
      BundleWriter.write(TestBundles.ofWindow(WINDOW, 2, 1000), bundle);
      awaitMetric(detector, "elbow_model_loads_total{outcome=\"accepted\"}", 2);
      int second = send(400);
      awaitOutcomes("swapped", first + second);

      Set<String> models =
          scores("swapped").stream().map(ScoreEvent::model).collect(Collectors.toSet());
      assertThat(models).hasSize(2).contains(before);
    }
    assertThat(outcomes("swapped")).hasSize(800);
  }

  /** The group's offsets are set back to the start: all records come again, packed otherwise. */
  @Test
  void givesRecordThatComesAgainTheSameOutcome() throws Exception {
    int records = send(150);
    Map<String, String> settings = Map.of("history.rows", "256");
    try (Detector detector = start("first", "at_least_once", settings)) {
      awaitMetric(detector, "elbow_observations_received_total", records);
      awaitOutcomes("first", records);
    }
    int scored = scores("first").size();
    kafka.setBackToStart("first", "observations");

    Map<String, String> otherwise = Map.of("history.rows", "256", "packing.records", "7");
    try (Detector detector = start("first", "at_least_once", otherwise)) {
      awaitMetric(detector, "elbow_observations_received_total", records);
      await().atMost(PATIENCE).until(() -> scores("first").size() == 2 * scored);
    }

    Map<Coordinates, List<ScoreEvent>> bySource =
        scores("first").stream().collect(Collectors.groupingBy(ScoreEvent::source));
    assertThat(bySource.values())
        .allSatisfy(
            twice -> {
              assertThat(twice).hasSize(2);
              assertSame(twice.get(1), twice.get(0));
            });
  }

  /** Three entities in turn, each in its partition; one record in thirty is none. */
  private int send(int count) {
    Random random = new Random(count);
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int entity = random.nextInt(3);
      String json =
          random.nextInt(30) == 0
              ? "{\"pressure\":"
              : "{\"pressure\":%s,\"flow\":%s,\"heat\":10,\"noise\":10}"
                  .formatted(
                      10 + random.nextGaussian(),
                      random.nextInt(40) == 0 ? 30 : 10 + random.nextGaussian());
      ProducerRecord<byte[], byte[]> record =
          new ProducerRecord<>(
              "observations",
              entity % PARTITIONS,
              START.plusSeconds(i / 3).toEpochMilli(),
              ("pump-" + entity).getBytes(UTF_8),
              json.getBytes(UTF_8));
      record.headers().add("trace", Integer.toString(i).getBytes(UTF_8));
      records.add(record);
    }
    kafka.sendAll(records);
    return count;
  }

  private Detector start(String run, String guarantee, Map<String, String> options) {
    Map<String, String> all = new HashMap<>();
    all.put("bootstrap.servers", broker.bootstrapServers());
    all.put("application.id", run);
    all.put("topics.anomalies", run + "-anomalies");
    all.put("topics.rejections", run + "-rejections");
    all.put("topics.scores", run + "-scores");
    all.put("topics.create", "true");
    all.put("model.directory", bundle.toString());
    all.put("state.dir", directory.resolve(run).toString());
    all.put("processing.guarantee", guarantee);
    all.put("metrics.port", "0");
    all.putAll(options);
    return Detector.start(DetectorConfig.read(Optional.empty(), Map.of(), all));
  }

  private static void assertSameScores(List<ScoreEvent> found, List<ScoreEvent> expected) {
    assertThat(found).hasSameSizeAs(expected);
    for (int i = 0; i < found.size(); i++) {
      assertSame(found.get(i), expected.get(i));
    }
  }

  private static void assertSame(ScoreEvent found, ScoreEvent expected) {
    assertThat(found.source()).isEqualTo(expected.source());
    assertThat(found.entity()).isEqualTo(expected.entity());
    assertThat(found.timestamp()).isEqualTo(expected.timestamp());
    assertThat(found.status()).isEqualTo(expected.status());
    assertThat(found.anomalous()).isEqualTo(expected.anomalous());
    assertThat(found.summary().score()).isCloseTo(expected.summary().score(), within(ROUNDING));
    assertThat(found.summary().smoothed())
        .isCloseTo(expected.summary().smoothed(), within(ROUNDING));
  }

  private List<ScoreEvent> scores(String run) {
    return kafka.committed(run + "-scores").stream()
        .filter(record -> !new String(record.value(), UTF_8).contains("warming-up"))
        .map(record -> ScoreEventJson.decode(record.value()))
        .sorted(Comparator.comparing(score -> score.source().toString()))
        .toList();
  }

  /** Key, value and headers of what was rejected, by where it came from. */
  private Map<String, String> rejections(String run) {
    Map<String, String> rejections = new TreeMap<>();
    kafka
        .committed(run + "-rejections")
        .forEach(
            record -> {
              Rejection rejection = TestKafka.rejection(record);
              String trace = new String(record.headers().lastHeader("trace").value(), UTF_8);
              rejections.put(
                  rejection.source().toString(),
                  "%s %s %s %s %s %s"
                      .formatted(
                          new String(record.key(), UTF_8),
                          new String(record.value(), UTF_8),
                          trace,
                          record.timestamp(),
                          rejection.reason(),
                          rejection.timestamp()));
            });
    return rejections;
  }

  /** A line for each outcome that is committed; one for each record if each has exactly one. */
  private List<String> outcomes(String run) {
    List<String> outcomes = new ArrayList<>(rejections(run).keySet());
    kafka
        .committed(run + "-scores")
        .forEach(record -> outcomes.add(new String(record.value(), UTF_8)));
    return outcomes;
  }

  private void awaitOutcomes(String run, int count) {
    await().atMost(PATIENCE).until(() -> outcomes(run).size() >= count);
  }

  private static void awaitMetric(Detector detector, String series, double value) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(scrape(detector)).containsEntry(series, value));
  }

  private static Map<String, Double> scrape(Detector detector) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + detector.opsPort() + "/metrics");
    return Scrape.parse(
        HttpClient.newHttpClient()
            .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
            .body());
  }
}
