package dev.elbow.detector;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import dev.elbow.broker.EmbeddedBroker;
import dev.elbow.bundle.BundleWriter;
import dev.elbow.bundle.ModelBundle;
import dev.elbow.detector.metrics.Scrape;
import dev.elbow.event.Activation;
import dev.elbow.event.Coordinates;
import dev.elbow.event.EntityGroup;
import dev.elbow.event.ScoreEvent;
import dev.elbow.event.ScoreEventJson;
import dev.elbow.modeltopic.BundleChunk;
import dev.elbow.modeltopic.ModelRecords;
import dev.elbow.modeltopic.RawRecord;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** Detectors that follow a models topic, on a real broker. */
class ModelsTopicOnBrokerTest {

  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
  private static final ModelBundle ROWS = TestBundles.standard();
  private static final ModelBundle OTHER_SENSORS =
      TestBundles.bundle(List.of("heat", "noise"), List.of(), 20);
  private static final ModelBundle SERIES = TestBundles.ofSeries(4);
  private static final ModelBundle LONGER_SERIES = TestBundles.ofSeries(6);

  private static @Nullable EmbeddedBroker sharedBroker;
  private static @Nullable TestKafka sharedKafka;

  private final EmbeddedBroker broker = Optional.ofNullable(sharedBroker).orElseThrow();
  private final TestKafka kafka = Optional.ofNullable(sharedKafka).orElseThrow();
  private final Path directory;
  private final String prefix;
  private final Random random = new Random(11);

  ModelsTopicOnBrokerTest(@TempDir Path directory, TestInfo test) {
    this.directory = directory;
    this.prefix = test.getTestMethod().orElseThrow().getName() + ".";
  }

  @BeforeAll
  static void startBroker() throws IOException {
    EmbeddedBroker started = EmbeddedBroker.startTemporary();
    sharedBroker = started;
    sharedKafka = new TestKafka(started);
  }

  @AfterAll
  static void stopBroker() {
    Optional.ofNullable(sharedKafka).ifPresent(TestKafka::close);
    Optional.ofNullable(sharedBroker).ifPresent(EmbeddedBroker::close);
  }

  @BeforeEach
  void createTopics() {
    for (String topic : List.of("observations", "anomalies", "rejections", "scores", "again")) {
      broker.createTopic(topic(topic), 2, Map.of());
    }
    broker.createTopic(topic("models"), 1, Map.of("cleanup.policy", "compact"));
  }

  /**
   * Series, so that state goes over from row to row; a group with a model of other sensors; a model
   * that is swapped and one that is rolled back, in the middle of frames; stragglers from before
   * each swap.
   */
  @Test
  void givesTheSameModelsAndScoresAgainToDetectorThatReadsItAllAfterwards() throws Exception {
    publish(SERIES, 100_000);
    activate(SERIES, Activation.ALWAYS, "*");
    int sent = 0;
    try (Detector detector = Detector.start(config("first", "scores"))) {
      sent += send(0, 60);
      awaitMetric(detector, "elbow_observations_received_total", sent);

      publish(LONGER_SERIES, 3_000);
      activate(LONGER_SERIES, START.plusSeconds(100), "*");
      publish(OTHER_SENSORS, 100_000);
      activate(OTHER_SENSORS, START.plusSeconds(80), "pump-2");
      activate(SERIES, START.plusSeconds(150), "*");
      awaitMetric(detector, "elbow_model_activations_total{outcome=\"in-time\"}", 4);

      sent += send(60, 200);
      awaitMetric(detector, "elbow_observations_received_total", sent);
      assertThat(scrape(detector))
          .containsEntry("elbow_model_activations_total{outcome=\"late\"}", 0.0)
          .containsEntry("elbow_model_loads_total{outcome=\"refused\"}", 0.0);
      await().atMost(PATIENCE).until(() -> detector.model().equals(SERIES.id()));
    }
    Map<String, ScoreEvent> live = scores("scores");
    int rejected = kafka.committed(topic("rejections")).size();
    assertThat(live.size() + warmingUp("scores") + rejected).isEqualTo(sent);
    assertThat(modelAt(live, "pump-1", 99)).isEqualTo(SERIES.id());
    assertThat(modelAt(live, "pump-1", 100)).isEqualTo(LONGER_SERIES.id());
    assertThat(modelAt(live, "pump-1", 150)).isEqualTo(SERIES.id());
    assertThat(modelAt(live, "pump-2", 80)).isEqualTo(OTHER_SENSORS.id());
    assertThat(modelAt(live, "pump-2", 199)).isEqualTo(OTHER_SENSORS.id());

    int all = sent;
    try (Detector again = Detector.start(config("again", "again"))) {
      awaitMetric(again, "elbow_observations_received_total", all);
    }

    Map<String, ScoreEvent> replayed = scores("again");
    assertThat(replayed.keySet()).isEqualTo(live.keySet());
    assertThat(kafka.committed(topic("rejections"))).hasSize(2 * rejected);
    live.forEach(
        (source, score) -> {
          ScoreEvent same = Objects.requireNonNull(replayed.get(source));
          assertThat(same.model()).as(source).isEqualTo(score.model());
          assertThat(same.status()).as(source).isEqualTo(score.status());
          assertThat(same.summary().score())
              .as(source)
              .isCloseTo(score.summary().score(), within(1e-3));
          assertThat(same.summary().smoothed())
              .as(source)
              .isCloseTo(score.summary().smoothed(), within(1e-3));
        });
  }

  @Test
  void passesOverEveryBadRecordAndGoesOnWithTheLastGoodModel() throws Exception {
    publish(ROWS, 100_000);
    activate(ROWS, Activation.ALWAYS, "*");
    try (Detector detector = Detector.start(config("first", "scores"))) {
      sendBadRecords();
      awaitMetric(detector, "elbow_model_records_refused_total", 5);
      awaitMetric(detector, "elbow_model_loads_total{outcome=\"refused\"}", 1);
      int sent = send(0, 20);
      awaitMetric(detector, "elbow_observations_total{outcome=\"normal\"}", sent);
      assertThat(detector.ready()).isTrue();
    }

    try (Detector restarted = Detector.start(config("first", "scores"))) {
      assertThat(restarted.model()).isEqualTo(ROWS.id());
      assertThat(scrape(restarted))
          .containsEntry("elbow_model_records_refused_total", 5.0)
          .containsEntry("elbow_model_loads_total{outcome=\"refused\"}", 1.0);
    }
    assertThat(scores("scores").values()).extracting(ScoreEvent::model).containsOnly(ROWS.id());
  }

  private void sendBadRecords() {
    sendModel("nonsense", new byte[1], Map.of());
    RawRecord good = ModelRecords.of(chunks(SERIES, 100_000).get(0));
    byte[] corrupt = good.value().clone();
    corrupt[100] ^= 1;
    sendModel(good.key(), corrupt, good.headers());
    Map<String, String> version = new HashMap<>(good.headers());
    version.put("elbow.format", "2");
    sendModel(good.key(), good.value(), version);
    RawRecord activation =
        ModelRecords.of(new Activation(Optional.of(SERIES.id()), START, EntityGroup.ALL));
    sendModel(activation.key(), "{".getBytes(UTF_8), Map.of());
    // another zip of the name of one that is there
    send(BundleChunk.split(ROWS.id(), new byte[100], 100).get(0));
    // half of a bundle, and an activation of it
    send(chunks(LONGER_SERIES, 10_000).get(1));
    activate(LONGER_SERIES, START, "*");
    // all chunks fit, but the bundle is another than its name says
    String name = "e".repeat(64);
    BundleChunk.split(name, BundleWriter.toZip(OTHER_SENSORS), 100_000).forEach(this::send);
    sendModel(ModelRecords.of(new Activation(Optional.of(name), START, EntityGroup.ALL)));
  }

  @Test
  void waitsForTheFirstModelAndSaysSo() throws Exception {
    int port = freePort();
    DetectorConfig config =
        config("first", "scores", Map.of("metrics.port", Integer.toString(port)));
    int sent = send(0, 5);
    CompletableFuture<Detector> starting =
        CompletableFuture.supplyAsync(() -> Detector.start(config));

    await()
        .atMost(PATIENCE)
        .ignoreExceptions()
        .untilAsserted(
            () ->
                assertThat(get(port, "/health/ready").body())
                    .contains("no model: topic " + topic("models") + " activates none"));
    assertThat(get(port, "/health/ready").statusCode()).isEqualTo(503);
    assertThat(get(port, "/health/live").statusCode()).isEqualTo(200);
    publish(ROWS, 100_000);
    activate(ROWS, Activation.ALWAYS, "*");

    try (Detector detector = starting.get()) {
      awaitMetric(detector, "elbow_observations_total{outcome=\"normal\"}", sent);
    }
  }

  @Test
  void scoresByThePinnedBundleWhateverIsActivated() throws Exception {
    publish(ROWS, 100_000);
    publish(OTHER_SENSORS, 100_000);
    activate(ROWS, Activation.ALWAYS, "*");
    int sent = send(0, 5);

    try (Detector detector =
        Detector.start(config("first", "scores", Map.of("model.pin", OTHER_SENSORS.id())))) {
      awaitMetric(detector, "elbow_observations_received_total", sent);
    }

    assertThat(scores("scores").values())
        .hasSize(sent)
        .extracting(ScoreEvent::model)
        .containsOnly(OTHER_SENSORS.id());
  }

  @Test
  void rejectsWhatNoModelIsActivatedFor() throws Exception {
    publish(ROWS, 100_000);
    activate(ROWS, START.plusSeconds(3), "pump-*");
    kafka.send(topic("observations"), 0, "fan-1", json("fan-1", 9));
    send(0, 5);

    try (Detector detector = Detector.start(config("first", "scores"))) {
      awaitMetric(detector, "elbow_rejections_total{reason=\"no-model\"}", 1 + 3 * 4);
    }

    assertThat(scores("scores").values()).hasSize(2 * 4);
    assertThat(kafka.committed(topic("rejections")))
        .extracting(record -> TestKafka.rejection(record).model())
        .containsOnly("none");
  }

  @Test
  void refusesTopicThatHasNoOrderOrForgets() {
    broker.createTopic(topic("wide"), 2, Map.of("cleanup.policy", "compact"));
    broker.createTopic(topic("forgetful"), 1, Map.of());

    assertThatThrownBy(
            () -> Detector.start(config("first", "scores", Map.of("topics.models", topic("wide")))))
        .hasMessageContaining("must have one partition")
        .hasMessageContaining("found: 2");
    assertThatThrownBy(
            () ->
                Detector.start(
                    config("first", "scores", Map.of("topics.models", topic("forgetful")))))
        .hasMessageContaining("set its cleanup.policy to compact; found: delete");
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private String topic(String name) {
    return prefix + name;
  }

  private DetectorConfig config(String group, String scores) {
    return config(group, scores, Map.of());
  }

  private DetectorConfig config(String group, String scores, Map<String, String> options) {
    Map<String, String> all = new HashMap<>();
    all.put("bootstrap.servers", broker.bootstrapServers());
    all.put("application.id", prefix + group);
    all.put("topics.observations", topic("observations"));
    all.put("topics.anomalies", topic("anomalies"));
    all.put("topics.rejections", topic("rejections"));
    all.put("topics.scores", topic(scores));
    all.put("topics.models", topic("models"));
    all.put("topics.episodes", "off");
    all.put("state.dir", directory.resolve(group).toString());
    all.put("metrics.port", "0");
    all.putAll(options);
    return DetectorConfig.read(Optional.empty(), Map.of(), all);
  }

  /** Four pumps, a row each a second; every tenth second one comes once more, three late. */
  private int send(int fromSecond, int toSecond) {
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (int t = fromSecond; t < toSecond; t++) {
      for (int pump = 1; pump <= 4; pump++) {
        records.add(observation("pump-" + pump, t));
      }
      if (t % 10 == 2 && t > 3) {
        records.add(observation("pump-1", t - 3));
        records.add(observation("pump-2", t - 3));
      }
    }
    kafka.sendAll(records);
    return records.size();
  }

  private ProducerRecord<byte[], byte[]> observation(String pump, int second) {
    return new ProducerRecord<>(
        topic("observations"),
        Math.floorMod(pump.hashCode(), 2),
        START.plusSeconds(second).toEpochMilli(),
        pump.getBytes(UTF_8),
        json(pump, second).getBytes(UTF_8));
  }

  private String json(String pump, int second) {
    return "{\"entity\":\"%s\",\"timestamp\":\"%s\",\"pressure\":%s,\"flow\":10,\"heat\":%s,\"noise\":10}"
        .formatted(
            pump,
            START.plusSeconds(second),
            10 + random.nextGaussian(),
            10 + random.nextGaussian());
  }

  private static List<BundleChunk> chunks(ModelBundle bundle, int mostBytes) {
    return BundleChunk.split(bundle.id(), BundleWriter.toZip(bundle), mostBytes);
  }

  private void publish(ModelBundle bundle, int mostBytes) {
    chunks(bundle, mostBytes).forEach(this::send);
  }

  private void activate(ModelBundle bundle, Instant from, String entities) {
    sendModel(
        ModelRecords.of(new Activation(Optional.of(bundle.id()), from, new EntityGroup(entities))));
  }

  private void send(BundleChunk chunk) {
    sendModel(ModelRecords.of(chunk));
  }

  private void sendModel(RawRecord record) {
    sendModel(record.key(), record.value(), record.headers());
  }

  private void sendModel(String key, byte[] value, Map<String, String> headers) {
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(topic("models"), 0, key.getBytes(UTF_8), value);
    headers.forEach((name, text) -> record.headers().add(name, text.getBytes(UTF_8)));
    kafka.send(record);
  }

  /** By source; none twice. Rows that were warming up are not among them. */
  private Map<String, ScoreEvent> scores(String topic) {
    Map<String, ScoreEvent> bySource = new TreeMap<>();
    kafka.committed(topic(topic)).stream()
        .filter(record -> !isWarmingUp(record.value()))
        .map(record -> ScoreEventJson.decode(record.value()))
        .forEach(
            score ->
                assertThat(bySource.put(text(score.source()), score))
                    .as("twice: %s", score.source())
                    .isNull());
    return bySource;
  }

  private long warmingUp(String topic) {
    return kafka.committed(topic(topic)).stream()
        .filter(record -> isWarmingUp(record.value()))
        .count();
  }

  private static boolean isWarmingUp(byte[] value) {
    return new String(value, UTF_8).contains("warming-up");
  }

  private static String text(Coordinates source) {
    return "%d@%06d".formatted(source.partition(), source.offset());
  }

  private static String modelAt(Map<String, ScoreEvent> scores, String entity, int second) {
    return scores.values().stream()
        .filter(score -> score.entity().equals(entity))
        .filter(score -> score.timestamp().equals(START.plusSeconds(second)))
        .map(ScoreEvent::model)
        .findFirst()
        .orElseThrow();
  }

  private static void awaitMetric(Detector detector, String series, double value) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(scrape(detector)).containsEntry(series, value));
  }

  private static Map<String, Double> scrape(Detector detector) throws Exception {
    return Scrape.parse(get(detector.opsPort(), "/metrics").body());
  }

  private static HttpResponse<String> get(int port, String path) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + port + path);
    return HTTP.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
  }
}
