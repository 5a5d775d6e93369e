package dev.elbow.detector;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.elbow.alarm.AlarmLevel;
import dev.elbow.broker.EmbeddedBroker;
import dev.elbow.bundle.BundleWriter;
import dev.elbow.detector.metrics.Scrape;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An acknowledgement finds its entity by its key alone, and is in the changelog afterwards. */
class AcknowledgementOnBrokerTest {

  private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int WINDOW = 8;

  /** Two fall into the one partition, two into the other. */
  private static final List<String> ENTITIES = List.of("pump-1", "pump-2", "pump-3", "pump-7");

  private final EmbeddedBroker broker;
  private final TestKafka kafka;
  private final Path directory;
  private final Path bundle;

  AcknowledgementOnBrokerTest(@TempDir Path directory) throws IOException {
    this.directory = directory;
    this.bundle = directory.resolve("model");
    broker = EmbeddedBroker.start(directory.resolve("broker"));
    kafka = new TestKafka(broker);
    broker.createTopic("observations", 2, Map.of());
    BundleWriter.write(TestBundles.ofSeries(WINDOW), bundle);
  }

  @AfterEach
  void stopBroker() {
    kafka.close();
    broker.close();
  }

  /** Under at_least_once all rows and the acknowledgements come again, in the same order. */
  @ParameterizedTest
  @ValueSource(strings = {"exactly_once_v2", "at_least_once"})
  void endsTheShiftOfItsEntityAloneAlsoAfterCrashAndLossOfTheDisk(String guarantee)
      throws InterruptedException {
    sendShifted(0, 50);
    try (Detector detector = Detector.start(config("first", guarantee, 9000))) {
      awaitMetric(detector, "elbow_entities_shifted", 4);
      awaitMetric(detector, "elbow_observations_received_total", 200);
      kafka.send(new ProducerRecord<>("acknowledgements", "pump-1".getBytes(UTF_8), null));
      kafka.send(new ProducerRecord<>("acknowledgements", "pump-7".getBytes(UTF_8), new byte[0]));
      awaitMetric(detector, "elbow_acknowledgements_total{outcome=\"applied\"}", 2);
      awaitMetric(detector, "elbow_entities_shifted", 2);
      sendShifted(50, 52);
      awaitMetric(detector, "elbow_observations_received_total", 208);
      crash(detector);
    }

    kafka.setMaxMessageBytes("rejections", 1_000_000);
    sendShifted(52, 54);
    try (Detector detector = Detector.start(config("second", guarantee, 100))) {
      awaitScores(54);
      awaitMetric(detector, "elbow_entities_shifted", 2);
    }

    assertThat(statusesFrom(50, "pump-1")).containsOnly(AlarmLevel.NORMAL);
    assertThat(statusesFrom(50, "pump-2")).containsOnly(AlarmLevel.SHIFT);
    assertThat(statusesFrom(50, "pump-3")).containsOnly(AlarmLevel.SHIFT);
    assertThat(statusesFrom(50, "pump-7")).containsOnly(AlarmLevel.NORMAL);
    assertThat(scores().stream().distinct().count()).isEqualTo(rowsScored(54));
  }

  /** Rows a second apart that score 46.8 nats, where 30 are normal and 39 a shift. */
  private void sendShifted(int from, int to) {
    for (int t = from; t < to; t++) {
      String json =
          "{\"timestamp\":\"%s\",\"pressure\":10,\"flow\":14,\"heat\":10,\"noise\":10}"
              .formatted(START.plusSeconds(t));
      for (String entity : ENTITIES) {
        kafka.send(
            new ProducerRecord<>("observations", entity.getBytes(UTF_8), json.getBytes(UTF_8)));
      }
    }
  }

  /** By a record that is to be rejected and that the rejections topic takes no longer. */
  private void crash(Detector detector) throws InterruptedException {
    kafka.setMaxMessageBytes("rejections", 10_000);
    for (int partition = 0; partition < 2; partition++) {
      kafka.send("observations", partition, "pump-1", "{".repeat(100_000));
    }
    assertThat(detector.awaitEnd()).isFalse();
  }

  private DetectorConfig config(String state, String guarantee, int commitMillis) {
    return DetectorConfig.read(
        Optional.empty(),
        Map.of(),
        Map.of(
            "bootstrap.servers",
            broker.bootstrapServers(),
            "topics.scores",
            "scores",
            "topics.acknowledgements",
            "acknowledgements",
            "topics.create",
            "true",
            "model.directory",
            bundle.toString(),
            "state.dir",
            directory.resolve(state).toString(),
            "processing.guarantee",
            guarantee,
            "commit.interval.ms",
            Integer.toString(commitMillis),
            "metrics.port",
            "0"));
  }

  private List<ScoreEvent> scores() {
    return kafka.committed("scores").stream()
        .filter(record -> !new String(record.value(), UTF_8).contains("warming-up"))
        .map(record -> ScoreEventJson.decode(record.value()))
        .toList();
  }

  private List<AlarmLevel> statusesFrom(int row, String entity) {
    return scores().stream()
        .filter(score -> score.entity().equals(entity))
        .filter(score -> !score.timestamp().isBefore(START.plusSeconds(row)))
        .map(ScoreEvent::status)
        .toList();
  }

  private static long rowsScored(int rows) {
    return (long) ENTITIES.size() * (rows - WINDOW + 1);
  }

  private void awaitScores(int rows) {
    await()
        .atMost(PATIENCE)
        .until(
            () -> scores().stream().map(ScoreEvent::source).distinct().count() == rowsScored(rows));
  }

  private static void awaitMetric(Detector detector, String series, double value) {
    URI uri = URI.create("http://127.0.0.1:" + detector.opsPort() + "/metrics");
    HttpRequest request = HttpRequest.newBuilder(uri).build();
    HttpClient http = HttpClient.newHttpClient();
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(
                        Scrape.parse(
                            http.send(request, HttpResponse.BodyHandlers.ofString()).body()))
                    .containsEntry(series, value));
  }
}
