package dev.elbow.detector;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.elbow.alarm.AlarmLevel;
import dev.elbow.broker.EmbeddedBroker;
import dev.elbow.bundle.BundleWriter;
import dev.elbow.bundle.ModelBundle;
import dev.elbow.detector.replay.AnomalySearch;
import dev.elbow.detector.replay.Circumstances;
import dev.elbow.detector.replay.Finding;
import dev.elbow.detector.replay.TopicRecords;
import dev.elbow.detector.replay.Verification;
import dev.elbow.event.Anomaly;
import dev.elbow.event.AnomalyJson;
import dev.elbow.event.Coordinates;
import dev.elbow.event.ObservationJson;
import dev.elbow.identity.ElbowVersion;
import dev.elbow.input.InvalidInputException;
import dev.elbow.scoring.ObservedShare;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Anomalies of windows, smoothed and told by two clocks, verified after the detector has gone. */
class VerificationOnBrokerTest {

  private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
  private static final ModelBundle MODEL = TestBundles.ofSeries(8);
  private static final int ROWS = 230;
  private static final int FAULT_FROM = 120;
  private static final int ACKNOWLEDGED_AT = 160;
  private static final int WORSE_FROM = 180;

  private static EmbeddedBroker broker;
  private static TestKafka kafka;
  private static Anomaly published;
  private TopicRecords records;

  @BeforeAll
  static void publishAnomalies(@TempDir Path directory) throws IOException {
    broker = EmbeddedBroker.start(directory.resolve("broker"));
    kafka = new TestKafka(broker);
    for (String topic :
        List.of(
            "observations",
            "acknowledgements",
            "tampered",
            "deleted",
            "anomalies",
            "episodes",
            "rejections")) {
      broker.createTopic(topic, 1, Map.of());
    }
    Path bundle = directory.resolve("model");
    BundleWriter.write(MODEL, bundle);
    kafka.sendAll(rows("observations"));
    kafka.send(acknowledgement("pump-2"));
    kafka.send(acknowledgement("pump-1"));
    Map<String, String> options =
        Map.of(
            "bootstrap.servers", broker.bootstrapServers(),
            "topics.acknowledgements", "acknowledgements",
            "model.directory", bundle.toString(),
            "state.dir", directory.resolve("state").toString(),
            "metrics.port", "0");
    try (Detector detector =
        Detector.start(DetectorConfig.read(Optional.empty(), Map.of(), options))) {
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> anomalies().stream().anyMatch(VerificationOnBrokerTest::isAcknowledged));
      assertThat(detector.ready()).isTrue();
    }
    published = anomalies().get(anomalies().size() - 1);
  }

  private static boolean isAcknowledged(Anomaly anomaly) {
    return anomaly.source().offset() >= ACKNOWLEDGED_AT;
  }

  @AfterAll
  static void stop() {
    kafka.close();
    broker.close();
  }

  @BeforeEach
  void open() {
    records =
        TopicRecords.open(
            Map.of("bootstrap.servers", broker.bootstrapServers()), Duration.ofSeconds(15));
  }

  @AfterEach
  void close() {
    records.close();
  }

  @Test
  void alarmsAndShiftsHold() {
    for (Anomaly anomaly : firstOfEachStatus()) {
      Verification verification = verify(find(anomaly.id()));

      assertThat(verification.differences()).isEmpty();
      assertThat(verification.rowsBefore()).isEqualTo((int) anomaly.source().offset());
    }
  }

  private static Collection<Anomaly> firstOfEachStatus() {
    Map<AlarmLevel, Anomaly> first = new EnumMap<>(AlarmLevel.class);
    anomalies().forEach(anomaly -> first.putIfAbsent(anomaly.status(), anomaly));
    return first.values();
  }

  /** What was usual as the shift was acknowledged is the anchor of the next one. */
  @Test
  void anomaliesBehindAnAcknowledgementHoldIfItIsReplayed() {
    List<Anomaly> behind =
        anomalies().stream().filter(VerificationOnBrokerTest::isAcknowledged).toList();

    assertThat(behind)
        .allSatisfy(
            anomaly ->
                assertThat(verify(anomaly, MODEL, Optional.of("acknowledgements")).differences())
                    .isEmpty());
    assertThat(behind)
        .flatExtracting(anomaly -> verify(anomaly).differences())
        .isNotEmpty()
        .allMatch(Finding::ofHistory);
  }

  @Test
  void findsAnAnomalyByWhereItOrItsSourceLies() {
    assertThat(find("observations-0-" + published.source().offset()).id())
        .isEqualTo(published.id());
    assertThat(find("anomalies-0@0").id()).isEqualTo(anomalies().get(0).id());
  }

  @Test
  void namesModelSourceMaskAndDetector() {
    assertThat(published.model()).isEqualTo(MODEL.id());
    assertThat(published.missing()).containsExactly("noise");
    assertThat(published.detector()).isEqualTo(ElbowVersion.current());
  }

  @Test
  void saysWhatDiffersWhereTheSourceWasTamperedWith() {
    List<ProducerRecord<byte[], byte[]>> rows = rows("tampered");
    int offset = (int) published.source().offset();
    String value = new String(rows.get(offset).value(), UTF_8);
    rows.set(offset, observation("tampered", offset, value.replace("\"heat\":1", "\"heat\":2")));
    kafka.sendAll(rows);
    Anomaly moved = movedTo("tampered");

    List<Finding> differences = verify(moved).differences();

    assertThat(differences)
        .extracting(Finding::field)
        .contains("score", "reconstruction", "contributions.heat.actual", "smoothed")
        .doesNotContain("entity", "missing", "contributions.flow.actual");
  }

  @Test
  void saysThatRetentionHasDeletedTheSource() throws Exception {
    kafka.sendAll(rows("deleted"));
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      admin
          .deleteRecords(
              Map.of(
                  new TopicPartition("deleted", 0),
                  RecordsToDelete.beforeOffset(published.source().offset() + 1)))
          .all()
          .get();
    }

    assertThatThrownBy(() -> verify(movedTo("deleted")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("the source record has been deleted by the topic's retention");
  }

  @Test
  void refusesAnotherModelThanTheOneThatIsNamed() {
    ModelBundle other = TestBundles.ofWindow(8, 2, 30);

    assertThatThrownBy(() -> verify(published, other))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("is of model " + MODEL.id());
  }

  @Test
  void saysThatThereIsNoSuchAnomaly() {
    assertThatThrownBy(() -> find("0".repeat(32)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("no such anomaly");
    assertThatThrownBy(() -> find("anomalies-0-99999"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("no record there");
    assertThatThrownBy(() -> find("pump-1"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("expected an id of 32 hexadecimal digits");
  }

  private Anomaly find(String which) {
    return new AnomalySearch(records, "anomalies").find(which);
  }

  private Verification verify(Anomaly anomaly) {
    return verify(anomaly, MODEL);
  }

  private Verification verify(Anomaly anomaly, ModelBundle bundle) {
    return verify(anomaly, bundle, Optional.empty());
  }

  private Verification verify(
      Anomaly anomaly, ModelBundle bundle, Optional<String> acknowledgements) {
    return Verification.of(
        records,
        anomaly,
        bundle,
        new Circumstances(
            ObservationJson.FORMAT, ObservedShare.DEFAULT, acknowledgements, Optional.empty()));
  }

  /** The same numbers, said of the record at the same offset of another topic. */
  private static Anomaly movedTo(String topic) {
    Coordinates source = new Coordinates(topic, 0, published.source().offset());
    return new Anomaly(
        Anomaly.idOf(source, published.model()),
        published.entity(),
        published.timestamp(),
        published.summary(),
        published.missing(),
        published.contributions(),
        published.model(),
        published.detector(),
        source,
        published.status());
  }

  private static List<Anomaly> anomalies() {
    return kafka.committed("anomalies").stream()
        .map(record -> AnomalyJson.decode(record.value()))
        .toList();
  }

  /** One machine, without its noise sensor, that becomes strange in the end. */
  private static List<ProducerRecord<byte[], byte[]>> rows(String topic) {
    Random random = new Random(1);
    List<ProducerRecord<byte[], byte[]>> rows = new ArrayList<>();
    for (int t = 0; t < ROWS; t++) {
      String json =
          "{\"pressure\":%s,\"flow\":%s,\"heat\":%s,\"noise\":null}"
              .formatted(
                  10 + random.nextGaussian(),
                  10 + random.nextGaussian() + fault(t),
                  15 + random.nextGaussian());
      rows.add(observation(topic, t, json));
    }
    return rows;
  }

  private static int fault(int t) {
    return t < FAULT_FROM ? 0 : t < WORSE_FROM ? 30 : 90;
  }

  /** Between the rows {@value #ACKNOWLEDGED_AT} − 1 and {@value #ACKNOWLEDGED_AT}. */
  private static ProducerRecord<byte[], byte[]> acknowledgement(String entity) {
    long time = START.plusSeconds(ACKNOWLEDGED_AT).minusMillis(1).toEpochMilli();
    return new ProducerRecord<>("acknowledgements", 0, time, entity.getBytes(UTF_8), new byte[0]);
  }

  private static ProducerRecord<byte[], byte[]> observation(String topic, int t, String json) {
    return new ProducerRecord<>(
        topic,
        0,
        START.plusSeconds(t).toEpochMilli(),
        "pump-1".getBytes(UTF_8),
        json.getBytes(UTF_8));
  }
}
