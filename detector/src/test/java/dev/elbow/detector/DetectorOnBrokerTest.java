package dev.elbow.detector;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.elbow.broker.EmbeddedBroker;
import dev.elbow.bundle.BundleWriter;
import dev.elbow.bundle.ModelBundle;
import dev.elbow.detector.metrics.Scrape;
import dev.elbow.event.Anomaly;
import dev.elbow.event.AnomalyJson;
import dev.elbow.event.Coordinates;
import dev.elbow.event.Observation;
import dev.elbow.event.ObservationAvro;
import dev.elbow.event.Rejection;
import dev.elbow.event.ScoreEvent;
import dev.elbow.event.ScoreEventJson;
import dev.elbow.event.WriterSchemas;
import dev.elbow.input.InvalidInputException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** The detector on a real broker: what depends on commits, transactions and limits of size. */
class DetectorOnBrokerTest {

  private static final String NORMAL = "{\"pressure\":10,\"flow\":10,\"heat\":10,\"noise\":10}";
  private static final String ANOMALOUS = "{\"pressure\":10,\"flow\":20,\"heat\":14,\"noise\":10}";
  private static final int LARGEST = 8 << 20;
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private static @Nullable EmbeddedBroker sharedBroker;
  private static @Nullable TestKafka sharedKafka;

  private final EmbeddedBroker broker = Optional.ofNullable(sharedBroker).orElseThrow();
  private final TestKafka kafka = Optional.ofNullable(sharedKafka).orElseThrow();
  private final Path directory;
  private final Path bundle;
  private final String prefix;

  DetectorOnBrokerTest(@TempDir Path directory, TestInfo test) {
    this.directory = directory;
    this.bundle = directory.resolve("model");
    this.prefix = test.getTestMethod().orElseThrow().getName() + ".";
  }

  @BeforeAll
  static void startBroker() throws IOException {
    EmbeddedBroker started =
        EmbeddedBroker.builder()
            .property("message.max.bytes", Integer.toString(LARGEST))
            .property("group.min.session.timeout.ms", "1000")
            .property("group.streams.initial.rebalance.delay.ms", "0")
            .property("group.streams.min.heartbeat.interval.ms", "500")
            .property("group.streams.heartbeat.interval.ms", "500")
            .start();
    sharedBroker = started;
    sharedKafka = new TestKafka(started);
  }

  @AfterAll
  static void stopBroker() {
    Optional.ofNullable(sharedKafka).ifPresent(TestKafka::close);
    Optional.ofNullable(sharedBroker).ifPresent(EmbeddedBroker::close);
  }

  @BeforeEach
  void createTopicsAndBundle() {
    // observations may come from the future here, to show that they do no harm
    broker.createTopic(
        topic("observations"),
        2,
        Map.of("message.timestamp.after.max.ms", Long.toString(Long.MAX_VALUE)));
    broker.createTopic(topic("anomalies"), 2, Map.of());
    broker.createTopic(topic("scores"), 2, Map.of());
    broker.createTopic(topic("rejections"), 2, Map.of());
    broker.createTopic(topic("episodes"), 2, Map.of());
    BundleWriter.write(TestBundles.standard(), bundle);
  }

  @Test
  void givesEveryBadRecordItsOutcomeAndLosesNone() throws Exception {
    BundleWriter.write(TestBundles.bundle(TestBundles.SENSORS, List.of("pump-7"), 10), bundle);
    kafka.setMaxMessageBytes(topic("observations"), LARGEST - (1 << 20));
    List<ProducerRecord<byte[], byte[]>> sent =
        List.of(
            observation("pump-7", bytes(NORMAL)),
            observation("pump-7", bytes("{\"pressure\":10,")),
            observation("pump-7", null),
            observation("pump-7", bytes("{\"pressure\":\"ten\",\"flow\":10}")),
            observation("pump-7", bytes("{\"pressure\":NaN,\"flow\":10}")),
            observation("pump-7", bytes("{\"pressure\":1e999,\"flow\":10}")),
            observation("pump-7", bytes("{\"pressure\":10}")),
            observation("pump-7", bytes("{\"pressure\":10,\"flow\":null,\"heat\":10}")),
            observation("pump-7", bytes(NORMAL.replace("}", ",\"speed\":1e9}"))),
            observation("pump-8", bytes(NORMAL)),
            observation("pump-7", fiveMegabytes()),
            observation("pump-7", Instant.now().minusSeconds(86_400), bytes(ANOMALOUS)),
            observation("pump-7", Instant.parse("2199-01-01T00:00:00Z"), bytes(ANOMALOUS)),
            observation("pump-7", bytes(ANOMALOUS)));
    sent.forEach(kafka::send);

    try (Detector detector = Detector.start(config())) {
      awaitMetric(detector, "elbow_observations_received_total", sent.size());
      awaitCommitted("rejections", 7);
      awaitCommitted("anomalies", 3);

      assertThat(committed("rejections"))
          .extracting(record -> TestKafka.rejection(record).source().offset())
          .containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 10L);
      assertThat(committed("rejections"))
          .extracting(record -> TestKafka.rejection(record).reason().code())
          .containsExactly(
              "malformed-json",
              "tombstone",
              "wrong-type",
              "not-finite",
              "not-finite",
              "too-few-sensors",
              "oversized");
      assertThat(committed("rejections")).allSatisfy(record -> assertOriginal(record, sent));
      assertThat(committed("anomalies"))
          .extracting(record -> AnomalyJson.decode(record.value()).source().offset())
          .containsExactly(11L, 12L, 13L);
      assertThat(committed("anomalies"))
          .extracting(record -> AnomalyJson.decode(record.value()).timestamp().toEpochMilli())
          .containsExactlyElementsOf(
              sent.subList(11, 14).stream().map(ProducerRecord::timestamp).toList());
      assertThat(scrape(detector))
          .containsEntry("elbow_observations_total{outcome=\"normal\"}", 4.0)
          .containsEntry("elbow_observations_total{outcome=\"anomalous\"}", 3.0)
          .containsEntry("elbow_observations_total{outcome=\"rejected\"}", 7.0)
          .containsEntry("elbow_rejections_total{reason=\"not-finite\"}", 2.0)
          .containsEntry("elbow_rejections_total{reason=\"oversized\"}", 1.0)
          .containsEntry("elbow_anomalies_total{entity=\"pump-7\"}", 3.0)
          .containsEntry("elbow_score_nats_count", 7.0)
          .containsEntry("elbow_sensors_extra_total", 1.0)
          .containsEntry("elbow_sensors_missing_total", 3.0 + 2.0)
          .containsEntry("elbow_entities_unknown_total", 1.0)
          .containsEntry("elbow_ready", 1.0);
      awaitMetric(detector, "elbow_consumer_lag_records", 0);
    }
    assertThat(directory.resolve("state").resolve("oversized")).doesNotExist();
  }

  @Test
  void keepsOnDiskWhatTheRejectionsTopicDoesNotTakeAndGoesOn() {
    kafka.setMaxMessageBytes(topic("rejections"), 100_000);
    ProducerRecord<byte[], byte[]> large = observation("pump-7", fiveMegabytes());
    kafka.send(large);
    kafka.send(observation("pump-7", bytes(ANOMALOUS)));

    try (Detector detector = Detector.start(config())) {
      awaitCommitted("anomalies", 1);
      assertThat(detector.ready()).isTrue();
    }

    ConsumerRecord<byte[], byte[]> rejected = committed("rejections").get(0);
    Rejection rejection = TestKafka.rejection(rejected);
    Path kept = Path.of(rejection.keptAt().orElseThrow());
    assertThat(rejection.reason().code()).isEqualTo("oversized");
    assertThat(rejected.value()).isEmpty();
    assertThat(rejected.key()).isEqualTo(large.key());
    assertThat(kept).startsWith(directory.resolve("state"));
    assertThat(kept.resolve("value")).hasBinaryContent(large.value());
    assertThat(kept.resolve("key")).hasBinaryContent(large.key());
  }

  @Test
  void stopsRatherThanSkipRecordThatTheBrokerRefuses() throws Exception {
    ProducerRecord<byte[], byte[]> malformed = observation("pump-7", bytes("{".repeat(100_000)));
    try (Detector detector = Detector.start(config())) {
      await().atMost(PATIENCE).until(detector::ready);
      kafka.setMaxMessageBytes(topic("rejections"), 10_000);
      kafka.send(malformed);

      assertThat(detector.awaitEnd()).isFalse();
      assertThat(status(detector, "/health/live")).isEqualTo(503);
      assertThat(scrape(detector)).containsEntry("elbow_ready", 0.0);
    }
    assertThat(committed("rejections")).isEmpty();

    kafka.setMaxMessageBytes(topic("rejections"), LARGEST);
    try (Detector detector = Detector.start(config())) {
      awaitCommitted("rejections", 1);
      assertThat(committed("rejections"))
          .singleElement()
          .satisfies(record -> assertOriginal(record, List.of(malformed)));
      assertThat(status(detector, "/health/live")).isEqualTo(200);
    }
  }

  @Test
  void changesModelBetweenRecordsAndKeepsTheLastGoodOne() throws Exception {
    ModelBundle second = TestBundles.bundle(List.of("heat", "speed"), List.of(), 1000);
    try (Detector detector = Detector.start(config())) {
      String first = detector.model();
      sendNormal(20);
      awaitCommitted("scores", 20);

      BundleWriter.write(second, bundle);
      await().atMost(PATIENCE).until(() -> detector.model().equals(second.id()));
      sendNormal(20);
      awaitCommitted("scores", 40);

      Files.write(bundle.resolve("decoder.onnx"), new byte[100]);
      awaitMetric(detector, "elbow_model_loads_total{outcome=\"refused\"}", 1);
      sendNormal(20);
      awaitCommitted("scores", 60);

      List<String> models = scores().stream().map(ScoreEvent::model).toList();
      assertThat(models.subList(0, 20)).containsOnly(first);
      assertThat(models.subList(20, 60)).containsOnly(second.id());
      assertThat(scores().subList(20, 60))
          .allSatisfy(score -> assertThat(score.summary().threshold()).isEqualTo(1000));
      assertThat(status(detector, "/health/ready")).isEqualTo(200);
    }
  }

  @Test
  void goesOnAtTheCommittedOffsetAfterRestart() throws Exception {
    int records = 10_000;
    List<Coordinates> sent = kafka.sendAll(topic("observations"), records, NORMAL);

    try (Detector detector = Detector.start(config())) {
      await()
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(5))
          .until(
              () -> scrape(detector).getOrDefault("elbow_observations_received_total", 0.0) > 100);
    } // closed in the middle of the stream
    double before = committed("scores").size();
    assertThat(before).isGreaterThan(100);

    try (Detector detector = Detector.start(config())) {
      awaitCommitted("scores", records);
      assertThat(scores()).extracting(ScoreEvent::source).containsExactlyInAnyOrderElementsOf(sent);
      assertThat(scrape(detector))
          .containsEntry("elbow_observations_received_total", records - before);
    }
  }

  @Test
  void goesOnByTheStreamsProtocolToo() throws Exception {
    Map<String, String> options = Map.of("group.protocol", "streams");
    try (Detector detector = Detector.start(config(options))) {
      sendNormal(50);
      awaitCommitted("scores", 50);
      assertThat(detector.ready()).isTrue();
    }
    sendNormal(50);

    try (Detector detector = Detector.start(config(options))) {
      awaitCommitted("scores", 100);
      assertThat(scores()).extracting(ScoreEvent::source).doesNotHaveDuplicates().hasSize(100);
      await().atMost(PATIENCE).until(detector::ready);
    }
  }

  @Test
  void goesOnWhenTheBrokerIsBack() throws IOException {
    try (Detector detector = Detector.start(config())) {
      sendNormal(50);
      awaitCommitted("scores", 50);

      broker.restart();
      sendNormal(50);

      awaitCommitted("scores", 100);
      assertThat(scores()).extracting(ScoreEvent::source).doesNotHaveDuplicates().hasSize(100);
      assertThat(detector.ready()).isTrue();
    }
  }

  @Test
  void isNotReadyWhileTheBrokerIsAway() throws Exception {
    try (Detector detector = Detector.start(config(Map.of("session.timeout.ms", "1000")))) {
      await().atMost(PATIENCE).until(detector::ready);

      broker.stop();
      try {
        await().atMost(PATIENCE).until(() -> !detector.ready());
        assertThat(get(detector, "/health/ready").body())
            .contains("no heartbeat could be sent to the brokers for");
        assertThat(status(detector, "/health/live")).isEqualTo(200);
      } finally {
        broker.restart();
      }

      await().atMost(PATIENCE).until(detector::ready);
    }
  }

  @Test
  void waitsForTheBrokerAtTheStart() throws Exception {
    broker.stop();
    CompletableFuture<Detector> starting =
        CompletableFuture.supplyAsync(() -> Detector.start(config()));

    broker.restart();

    try (Detector detector = starting.get()) {
      sendNormal(10);
      awaitCommitted("scores", 10);
      assertThat(detector.ready()).isTrue();
    }
  }

  @Test
  void namesMissingTopicsAtTheStart() {
    DetectorConfig config = config(Map.of("topics.anomalies", "none", "topics.scores", "nor.this"));

    assertThatThrownBy(() -> Detector.start(config))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "topics: none, nor.this missing at %s; create them, or set topics.create=true"
                .formatted(broker.bootstrapServers()));
  }

  @Test
  void refusesChangelogThatDoesNotFitTheObservations() {
    broker.createTopic(topic("detector-rows-changelog"), 3, Map.of("cleanup.policy", "compact"));

    assertThatThrownBy(() -> Detector.start(config()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(topic("detector-rows-changelog") + " has 3 partitions")
        .hasMessageContaining(topic("observations") + " has 2");
  }

  @Test
  void refusesAcknowledgementsThatDoNotFitTheObservations() {
    broker.createTopic(topic("acknowledgements"), 3, Map.of());
    DetectorConfig config = config(Map.of("topics.acknowledgements", topic("acknowledgements")));

    assertThatThrownBy(() -> Detector.start(config))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(topic("acknowledgements") + " has 3 partitions")
        .hasMessageContaining(topic("observations") + " has 2")
        .hasMessageEndingWith("create it with 2");
  }

  @Test
  void refusesChangelogThatForgets() {
    broker.createTopic(topic("detector-entities-changelog"), 2, Map.of());

    assertThatThrownBy(() -> Detector.start(config()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(topic("detector-entities-changelog"))
        .hasMessageContaining("cleanup.policy to compact; found: delete");
  }

  @Test
  void refusesStateDirectoryOfAnotherDetector() {
    try (Detector detector = Detector.start(config())) {
      assertThatThrownBy(() -> Detector.start(config()))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("state.dir: " + directory.resolve("state"))
          .hasMessageContaining("does another detector use it?");
      assertThat(detector.model()).isNotEmpty();
    }
  }

  @Test
  void createsMissingTopicsIfAsked() {
    Map<String, String> options =
        Map.of(
            "topics.create",
            "true",
            "topics.anomalies",
            prefix + "new.anomalies",
            "topics.rejections",
            prefix + "new.rejections",
            "topics.scores",
            "");

    try (Detector detector = Detector.start(config(options))) {
      kafka.send(observation("pump-7", bytes(ANOMALOUS)));
      kafka.send(observation("pump-7", bytes("{")));

      awaitCommitted("new.anomalies", 1);
      awaitCommitted("new.rejections", 1);
      assertThat(detector.ready()).isTrue();
    }
  }

  @Test
  void deliversAtLeastOnceIfAsked() {
    try (Detector detector =
        Detector.start(config(Map.of("processing.guarantee", "at_least_once")))) {
      kafka.send(observation("pump-7", bytes(ANOMALOUS)));

      awaitCommitted("anomalies", 1);
      Anomaly anomaly = AnomalyJson.decode(committed("anomalies").get(0).value());
      assertThat(anomaly.model()).isEqualTo(detector.model());
    }
  }

  @Test
  void readsAvroInConfluentFramesAndRejectsWhatIsNone() throws IOException {
    ObservationAvro written = new ObservationAvro(WriterSchemas.read("7=" + avroSchema()));
    byte[] anomalous =
        written.encodeValue(
            new Observation(
                "pump-7",
                Instant.parse("2026-03-01T00:00:00Z"),
                Map.of("pressure", 10.0, "flow", 20.0, "heat", 14.0, "noise", 10.0)));
    byte[] ofOtherSchema = anomalous.clone();
    ofOtherSchema[4] = 8;
    List<ProducerRecord<byte[], byte[]>> sent =
        List.of(
            observation("pump-7", anomalous),
            observation("pump-7", Arrays.copyOf(anomalous, anomalous.length - 1)),
            observation("pump-7", ofOtherSchema),
            observation("pump-7", bytes(ANOMALOUS)),
            observation("pump-7", anomalous));
    sent.forEach(kafka::send);

    Map<String, String> avro = Map.of("input.format", "avro", "input.schema", "7=" + avroSchema());
    try (Detector detector = Detector.start(config(avro))) {
      awaitCommitted("rejections", 3);
      awaitCommitted("anomalies", 2);
      assertThat(detector.ready()).isTrue();
    }

    assertThat(committed("rejections"))
        .extracting(record -> TestKafka.rejection(record).reason().code())
        .containsExactly("malformed-avro", "unknown-schema", "malformed-avro");
    assertThat(committed("rejections")).allSatisfy(record -> assertOriginal(record, sent));
    assertThat(committed("anomalies"))
        .extracting(record -> AnomalyJson.decode(record.value()))
        .extracting(anomaly -> anomaly.source().offset())
        .containsExactly(0L, 4L);
    assertThat(AnomalyJson.decode(committed("anomalies").get(0).value()).timestamp())
        .isEqualTo(Instant.parse("2026-03-01T00:00:00Z"));
  }

  private String avroSchema() throws IOException {
    return Files.writeString(
            directory.resolve("pump.avsc"),
            """
            {"type":"record","name":"Pump","fields":[
              {"name":"timestamp","type":{"type":"long","logicalType":"timestamp-millis"}},
              {"name":"pressure","type":["null","double"]},
              {"name":"flow","type":"float"},
              {"name":"heat","type":"double"},
              {"name":"noise","type":"int"}]}
            """)
        .toString();
  }

  private void assertOriginal(
      ConsumerRecord<byte[], byte[]> rejected, List<ProducerRecord<byte[], byte[]>> sent) {
    Rejection rejection = TestKafka.rejection(rejected);
    ProducerRecord<byte[], byte[]> original = sent.get((int) rejection.source().offset());
    assertThat(rejected.key()).isEqualTo(original.key());
    assertThat(rejected.value()).isEqualTo(original.value());
    assertThat(Arrays.asList(rejected.headers().toArray()))
        .startsWith(original.headers().toArray());
    assertThat(rejection.source().topic()).isEqualTo(topic("observations"));
    assertThat(rejection.source().partition()).isEqualTo(0);
    assertThat(rejection.timestamp().toEpochMilli()).isEqualTo(original.timestamp());
    assertThat(rejection.model()).hasSize(64);
  }

  private DetectorConfig config() {
    return config(Map.of());
  }

  private DetectorConfig config(Map<String, String> options) {
    Map<String, String> all = new HashMap<>();
    all.put("bootstrap.servers", broker.bootstrapServers());
    all.put("application.id", prefix + "detector");
    all.put("topics.observations", topic("observations"));
    all.put("topics.anomalies", topic("anomalies"));
    all.put("topics.rejections", topic("rejections"));
    all.put("topics.episodes", topic("episodes"));
    all.put("topics.scores", topic("scores"));
    all.put("model.directory", bundle.toString());
    all.put("model.poll.ms", "50");
    all.put("state.dir", directory.resolve("state").toString());
    all.put("metrics.port", "0");
    all.putAll(options);
    return DetectorConfig.read(Optional.empty(), Map.of(), all);
  }

  private String topic(String name) {
    return prefix + name;
  }

  private ProducerRecord<byte[], byte[]> observation(String key, byte @Nullable [] value) {
    return observation(key, Instant.now(), value);
  }

  private ProducerRecord<byte[], byte[]> observation(
      String key, Instant timestamp, byte @Nullable [] value) {
    List<Header> headers =
        List.of(
            new RecordHeader("trace", new byte[] {0, (byte) 0xFF}),
            new RecordHeader("empty", (byte[]) null));
    return new ProducerRecord<>(
        topic("observations"), 0, timestamp.toEpochMilli(), bytes(key), value, headers);
  }

  private void sendNormal(int count) {
    for (int i = 0; i < count; i++) {
      kafka.send(topic("observations"), 0, "pump-7", NORMAL);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  /** Valid JSON, but for its size. */
  private static byte[] fiveMegabytes() {
    return bytes(NORMAL.replace("}", ",\"more\":1" + "0".repeat(5 << 20) + "}"));
  }

  private List<ConsumerRecord<byte[], byte[]>> committed(String name) {
    return kafka.committed(topic(name));
  }

  /** In the order of partitions and offsets. */
  private List<ScoreEvent> scores() {
    return committed("scores").stream()
        .map(record -> ScoreEventJson.decode(record.value()))
        .toList();
  }

  private void awaitCommitted(String name, int count) {
    await().atMost(PATIENCE).until(() -> committed(name).size() >= count);
    assertThat(committed(name)).hasSize(count);
  }

  private static void awaitMetric(Detector detector, String series, double value) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(scrape(detector)).containsEntry(series, value));
  }

  private static Map<String, Double> scrape(Detector detector) throws Exception {
    return Scrape.parse(get(detector, "/metrics").body());
  }

  private static int status(Detector detector, String path) throws Exception {
    return get(detector, path).statusCode();
  }

  private static HttpResponse<String> get(Detector detector, String path) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + detector.opsPort() + path);
    return HTTP.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
  }
}
