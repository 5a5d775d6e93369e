package dev.elbow.detector.topology;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.elbow.alarm.AlarmLevel;
import dev.elbow.bundle.ModelBundle;
import dev.elbow.detector.TestBundles;
import dev.elbow.detector.entity.EntitySettings;
import dev.elbow.detector.entity.HistoryMemory;
import dev.elbow.detector.entity.SilenceRule;
import dev.elbow.detector.episode.EpisodeRule;
import dev.elbow.detector.metrics.DetectionMetrics;
import dev.elbow.detector.metrics.Scrape;
import dev.elbow.detector.models.ActiveModel;
import dev.elbow.detector.models.TestModels;
import dev.elbow.detector.packing.RecordTime;
import dev.elbow.detector.topology.DetectionSettings.UnknownEntities;
import dev.elbow.event.Anomaly;
import dev.elbow.event.AnomalyEventJson;
import dev.elbow.event.AnomalyJson;
import dev.elbow.event.Contribution;
import dev.elbow.event.Coordinates;
import dev.elbow.event.Episode;
import dev.elbow.event.EpisodeJson;
import dev.elbow.event.ObservationJson;
import dev.elbow.event.Rejection;
import dev.elbow.event.RejectionReason;
import dev.elbow.event.ScoreEvent;
import dev.elbow.event.ScoreEventJson;
import dev.elbow.event.Silence;
import dev.elbow.event.WarmingUpJson;
import dev.elbow.scoring.ObservedShare;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DetectionTopologyTest {

  private static final Topics TOPICS =
      new Topics(
          "observations",
          "anomalies",
          "rejections",
          Optional.of("episodes"),
          Optional.of("scores"),
          Optional.empty());
  private static final EntitySettings ENTITIES =
      new EntitySettings(128, new SilenceRule(10, Duration.ofMinutes(1), Duration.ofDays(30)));
  private static final EpisodeRule EPISODES =
      new EpisodeRule(Duration.ofMinutes(5), 10, Duration.ofHours(1), 2);
  private static final DetectionSettings SETTINGS =
      new DetectionSettings(
          TOPICS,
          ObservationJson.FORMAT,
          1000,
          ObservedShare.DEFAULT,
          UnknownEntities.SCORE,
          ENTITIES,
          2);
  private static final Instant TIME = Instant.parse("2026-03-01T08:15:30.250Z");
  private static final String NORMAL = "{\"pressure\":10,\"flow\":10,\"heat\":10,\"noise\":10}";
  private static final String ANOMALOUS = "{\"pressure\":10,\"flow\":20,\"heat\":14,\"noise\":10}";

  private final Path directory;
  private final DetectionMetrics metrics = new DetectionMetrics();
  private final ActiveModel models = new ActiveModel();
  private @Nullable TopologyTestDriver driver;

  DetectionTopologyTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @AfterEach
  void close() {
    if (driver != null) {
      driver.close();
    }
    models.close();
    metrics.close();
  }

  @Test
  void publishesAnomalyWithTheSensorsToBlame() {
    start(SETTINGS, TestBundles.standard());

    pipe("pump-7", ANOMALOUS);

    TestRecord<byte[], byte[]> record = output("anomalies").readRecord();
    Anomaly anomaly = AnomalyJson.decode(record.value());
    String model = models.id().orElseThrow();
    assertThat(record.key()).asString(UTF_8).isEqualTo("pump-7");
    assertThat(record.getRecordTime()).isEqualTo(TIME);
    assertThat(anomaly.entity()).isEqualTo("pump-7");
    assertThat(anomaly.timestamp()).isEqualTo(TIME);
    assertThat(anomaly.status()).isEqualTo(AlarmLevel.ALARM);
    assertThat(anomaly.model()).isEqualTo(model);
    assertThat(anomaly.source()).isEqualTo(new Coordinates("observations", 0, 0));
    assertThat(anomaly.id()).isEqualTo(Anomaly.idOf(anomaly.source(), model));
    // 4 · 0.72709 + 0.73386 · (5² + 2²), see TestBundles
    assertThat(anomaly.summary().score()).isCloseTo(24.1903, within(1e-3));
    assertThat(anomaly.summary().smoothed()).isEqualTo(anomaly.summary().score());
    assertThat(anomaly.summary().reconstruction()).isCloseTo(24.1903, within(1e-3));
    assertThat(anomaly.summary().kl()).isCloseTo(0, within(1e-6));
    assertThat(anomaly.summary().threshold()).isEqualTo(TestBundles.THRESHOLD);
    assertThat(anomaly.summary().tailProbability()).isEqualTo(1.0 / 10);
    assertThat(anomaly.summary().observed()).isEqualTo(4);
    assertThat(anomaly.contributions())
        .extracting(Contribution::name)
        .containsExactly("flow", "heat");
    assertThat(anomaly.contributions().get(0).actual()).isEqualTo(20);
    assertThat(anomaly.contributions().get(0).expected()).isCloseTo(10, within(1e-6));
    assertThat(anomaly.contributions().get(0).sigma()).isCloseTo(1.65087, within(1e-4));
    assertThat(anomaly.contributions().get(0).nats()).isCloseTo(19.0736, within(1e-3));
  }

  @Test
  void publishesNothingForNormalObservationButItsScoreIfAsked() {
    start(SETTINGS, TestBundles.standard());

    pipe("pump-7", NORMAL);

    assertThat(output("anomalies").isEmpty()).isTrue();
    assertThat(output("rejections").isEmpty()).isTrue();
    ScoreEvent score = ScoreEventJson.decode(output("scores").readValue());
    assertThat(score.summary().score()).isCloseTo(2.90836, within(1e-4));
    assertThat(score.anomalous()).isFalse();
    assertThat(score.status()).isEqualTo(AlarmLevel.NORMAL);
    assertThat(score.entity()).isEqualTo("pump-7");
  }

  /** The model judges every row by itself, so an episode is what makes one alarm of many rows. */
  @Test
  void tellsOfAnEpisodeWhenItBeginsAndWhenItIsOver() {
    start(SETTINGS, TestBundles.standard());
    for (int t = 0; t < 3; t++) {
      pipeAt("pump-7", ANOMALOUS, TIME.plusSeconds(t));
    }
    for (int t = 40; t < 400; t += 20) {
      pipeAt("pump-7", NORMAL, TIME.plusSeconds(t));
    }

    List<TestRecord<byte[], byte[]>> records = output("episodes").readRecordsToList();

    Episode start = EpisodeJson.decode(records.get(0).value());
    Episode end = EpisodeJson.decode(records.get(1).value());
    Anomaly first = AnomalyJson.decode(output("anomalies").readValue());
    assertThat(records).hasSize(2);
    assertThat(records.get(0).key()).asString(UTF_8).isEqualTo("pump-7");
    assertThat(records.get(1).getRecordTime()).isEqualTo(TIME.plusSeconds(320));
    assertThat(start.status()).isEqualTo(Episode.Status.STARTED);
    assertThat(start.first()).isEqualTo(first.source());
    assertThat(start.peak()).isEqualTo(Episode.Peak.of(first));
    assertThat(end.reason()).contains(Episode.Reason.NORMAL);
    assertThat(end.id()).isEqualTo(start.id());
    assertThat(end.end()).isEqualTo(TIME.plusSeconds(2));
    assertThat(end.anomalies()).isEqualTo(3);
    assertThat(end.blamed()).extracting(Episode.Blame::name).containsExactly("flow", "heat");
    assertThat(end.blamed().get(0).nats())
        .isCloseTo(3 * first.contributions().get(0).nats(), within(1e-9));
  }

  @Test
  void writesNoScoresUnlessAsked() {
    Topics topics =
        new Topics(
            "observations",
            "anomalies",
            "rejections",
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    start(
        new DetectionSettings(
            topics,
            ObservationJson.FORMAT,
            1000,
            ObservedShare.DEFAULT,
            UnknownEntities.SCORE,
            ENTITIES,
            2),
        TestBundles.standard());

    pipe("pump-7", ANOMALOUS);

    assertThat(output("anomalies").getQueueSize()).isEqualTo(1);
    assertThat(driver().producedTopicNames())
        .containsExactlyInAnyOrder("anomalies", "test-entities-changelog", "test-heard-changelog");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"flow\": | malformed-json",
        "{\"flow\":\"fast\"} | wrong-type",
        "{\"flow\":NaN} | not-finite",
        "{\"flow\":1e999} | not-finite",
        "{\"flow\":10,\"timestamp\":\"soon\"} | bad-timestamp",
        "{\"flow\":10} | too-few-sensors",
        "{\"speed\":1,\"flow\":10,\"weight\":2,\"colour\":3} | too-few-sensors",
      })
  void rejectsWithOriginalBytesAndReason(String json, String reason) {
    start(SETTINGS, TestBundles.standard());
    byte[] key = "pump-7".getBytes(UTF_8);
    RecordHeaders headers = new RecordHeaders();
    headers.add("trace", new byte[] {0, (byte) 0xFF});
    headers.add("empty", null);

    input().pipeInput(new TestRecord<>(key, json.getBytes(UTF_8), headers, TIME));

    TestRecord<byte[], byte[]> rejected = output("rejections").readRecord();
    Rejection rejection = rejection(rejected);
    assertThat(rejection.reason().code()).isEqualTo(reason);
    assertThat(rejection.source()).isEqualTo(new Coordinates("observations", 0, 0));
    assertThat(rejection.timestamp()).isEqualTo(TIME);
    assertThat(rejection.model()).isEqualTo(models.id().orElseThrow());
    assertThat(rejection.keptAt()).isEmpty();
    assertThat(rejected.key()).isEqualTo(key);
    assertThat(rejected.value()).isEqualTo(json.getBytes(UTF_8));
    assertThat(rejected.headers().lastHeader("trace").value())
        .isEqualTo(new byte[] {0, (byte) 0xFF});
    assertThat(rejected.headers().lastHeader("empty").value()).isNull();
    assertThat(output("anomalies").isEmpty()).isTrue();
    assertThat(output("scores").isEmpty()).isTrue();
  }

  @Test
  void rejectsTombstone() {
    start(SETTINGS, TestBundles.standard());

    input().pipeInput(new TestRecord<>("pump-7".getBytes(UTF_8), null, new RecordHeaders(), TIME));

    TestRecord<byte[], byte[]> rejected = output("rejections").readRecord();
    assertThat(rejection(rejected).reason()).isEqualTo(RejectionReason.TOMBSTONE);
    assertThat(rejected.value()).isNull();
  }

  @Test
  void rejectsOversizedValueUnread() {
    start(SETTINGS, TestBundles.standard());
    String large = NORMAL + " ".repeat(1000);

    pipe("pump-7", large);

    TestRecord<byte[], byte[]> rejected = output("rejections").readRecord();
    assertThat(rejection(rejected).reason()).isEqualTo(RejectionReason.OVERSIZED);
    assertThat(rejected.value()).asString(UTF_8).isEqualTo(large);
  }

  @Test
  void rejectsObservationWithoutFiniteScore() {
    start(SETTINGS, TestBundles.withTinyScale());

    pipe("pump-7", NORMAL.replace("\"flow\":10", "\"flow\":1e305"));

    assertThat(rejection(output("rejections").readRecord()).reason())
        .isEqualTo(RejectionReason.UNSCORABLE);
  }

  @Test
  void leavesMissingSensorOutOfTheScore() {
    start(SETTINGS, TestBundles.standard());

    pipe("pump-7", "{\"pressure\":10,\"flow\":null,\"heat\":10}");

    ScoreEvent score = ScoreEventJson.decode(output("scores").readValue());
    assertThat(score.summary().observed()).isEqualTo(2);
    assertThat(score.summary().score()).isCloseTo(2 * 0.72709, within(1e-4));
    assertThat(scrape()).containsEntry("elbow_sensors_missing_total", 2.0);
  }

  @Test
  void blamesNoSensorThatIsMissing() {
    DetectionSettings all =
        new DetectionSettings(
            TOPICS,
            ObservationJson.FORMAT,
            1000,
            ObservedShare.DEFAULT,
            UnknownEntities.SCORE,
            ENTITIES,
            9);
    start(all, TestBundles.standard());

    pipe("pump-7", "{\"pressure\":20,\"flow\":10,\"heat\":10}");

    assertThat(AnomalyJson.decode(output("anomalies").readValue()).contributions())
        .extracting(Contribution::name)
        .containsExactlyInAnyOrder("pressure", "flow", "heat");
  }

  @Test
  void ignoresAndCountsSensorTheModelDoesNotKnow() {
    start(SETTINGS, TestBundles.standard());

    pipe("pump-7", NORMAL.replace("}", ",\"speed\":1e9,\"weight\":1e9}"));

    ScoreEvent score = ScoreEventJson.decode(output("scores").readValue());
    assertThat(score.summary().score()).isCloseTo(2.90836, within(1e-4));
    assertThat(scrape()).containsEntry("elbow_sensors_extra_total", 2.0);
  }

  @Test
  void scoresAndCountsUnknownEntity() {
    start(SETTINGS, TestBundles.bundle(TestBundles.SENSORS, List.of("pump-7"), 10));

    pipe("pump-7", NORMAL);
    pipe("pump-8", NORMAL);

    assertThat(output("scores").getQueueSize()).isEqualTo(2);
    assertThat(scrape()).containsEntry("elbow_entities_unknown_total", 1.0);
  }

  @Test
  void rejectsUnknownEntityIfSetTo() {
    start(
        new DetectionSettings(
            TOPICS,
            ObservationJson.FORMAT,
            1000,
            ObservedShare.DEFAULT,
            UnknownEntities.REJECT,
            ENTITIES,
            2),
        TestBundles.bundle(TestBundles.SENSORS, List.of("pump-7"), 10));

    pipe("pump-7", NORMAL);
    pipe("pump-8", NORMAL);

    assertThat(output("scores").getQueueSize()).isEqualTo(1);
    assertThat(rejection(output("rejections").readRecord()).reason())
        .isEqualTo(RejectionReason.UNKNOWN_ENTITY);
  }

  @Test
  void asksForAtLeastOneSensorEvenIfNoneIsRequired() {
    start(
        new DetectionSettings(
            TOPICS,
            ObservationJson.FORMAT,
            1000,
            new ObservedShare(0),
            UnknownEntities.SCORE,
            ENTITIES,
            2),
        TestBundles.standard());

    pipe("pump-7", "{}");

    assertThat(rejection(output("rejections").readRecord()).reason())
        .isEqualTo(RejectionReason.TOO_FEW_SENSORS);
  }

  @Test
  void scoresRecordOlderThanTheLastWithItsOwnTime() {
    start(SETTINGS, TestBundles.standard());

    pipe("pump-7", NORMAL);
    input()
        .pipeInput("pump-7".getBytes(UTF_8), ANOMALOUS.getBytes(UTF_8), TIME.minusSeconds(86_400));

    Anomaly anomaly = AnomalyJson.decode(output("anomalies").readValue());
    assertThat(anomaly.timestamp()).isEqualTo(TIME.minusSeconds(86_400));
  }

  @Test
  void givesRecordFromTheFutureATimeThatBrokersTake() {
    start(SETTINGS, TestBundles.standard());
    Instant future = Instant.parse("2199-01-01T00:00:00Z");

    input().pipeInput("pump-7".getBytes(UTF_8), ANOMALOUS.getBytes(UTF_8), future);

    TestRecord<byte[], byte[]> record = output("anomalies").readRecord();
    assertThat(AnomalyJson.decode(record.value()).timestamp()).isEqualTo(future);
    assertThat(record.getRecordTime()).isBefore(future);
  }

  @Test
  void scoresSeriesFromTheFirstRowWhoseWindowIsKnown() {
    start(SETTINGS, TestBundles.ofWindow(3, 2, 15));

    pipeEverySecond("pump-7", NORMAL, NORMAL, ANOMALOUS, NORMAL, NORMAL, NORMAL);
    pipeEverySecond("pump-8", NORMAL);

    List<byte[]> scores = output("scores").readValuesToList();
    assertThat(WarmingUpJson.decode(scores.get(0)).known()).isEqualTo(1);
    assertThat(WarmingUpJson.decode(scores.get(1)).known()).isEqualTo(2);
    assertThat(WarmingUpJson.decode(scores.get(1)).needed()).isEqualTo(3);
    assertThat(WarmingUpJson.decode(scores.get(6)).entity()).isEqualTo("pump-8");
    // 12 cells, 0.73386 · (5² + 2²) more while the anomalous row is in the window
    assertThat(scores.subList(2, 6))
        .extracting(score -> ScoreEventJson.decode(score).summary().score())
        .satisfiesExactly(
            score -> assertThat(score).isCloseTo(30.0070, within(1e-3)),
            score -> assertThat(score).isCloseTo(30.0070, within(1e-3)),
            score -> assertThat(score).isCloseTo(30.0070, within(1e-3)),
            score -> assertThat(score).isCloseTo(8.7251, within(1e-3)));
    assertThat(output("anomalies").getQueueSize()).isEqualTo(3);
    assertThat(scrape())
        .containsEntry("elbow_observations_received_total", 7.0)
        .containsEntry("elbow_observations_total{outcome=\"warming-up\"}", 3.0)
        .containsEntry("elbow_observations_total{outcome=\"anomalous\"}", 3.0)
        .containsEntry("elbow_observations_total{outcome=\"normal\"}", 1.0)
        .containsEntry("elbow_entities_warming_up", 1.0)
        .containsEntry("elbow_score_nats_count", 4.0);
  }

  @Test
  void warmsUpAgainAfterGap() {
    start(SETTINGS, TestBundles.ofWindow(2, 2, 15));

    pipeEverySecond("pump-7", NORMAL, NORMAL);
    pipeAt("pump-7", NORMAL, TIME.plusSeconds(60));
    pipeAt("pump-7", NORMAL, TIME.plusSeconds(61));

    assertThat(scrape())
        .containsEntry("elbow_observations_total{outcome=\"warming-up\"}", 2.0)
        .containsEntry("elbow_observations_total{outcome=\"normal\"}", 2.0);
  }

  @Test
  void rejectsRowOfSeriesThatIsOutOfOrder() {
    start(SETTINGS, TestBundles.ofWindow(2, 2, 15));

    pipeEverySecond("pump-7", NORMAL, NORMAL);
    pipeAt("pump-7", ANOMALOUS, TIME);

    TestRecord<byte[], byte[]> rejected = output("rejections").readRecord();
    assertThat(rejection(rejected).reason()).isEqualTo(RejectionReason.OUT_OF_ORDER);
    assertThat(rejected.value()).asString(UTF_8).isEqualTo(ANOMALOUS);
    assertThat(output("anomalies").isEmpty()).isTrue();
  }

  @Test
  void anotherModelFindsTheRowsThatItsWindowNeeds() {
    start(SETTINGS, TestBundles.ofWindow(2, 2, 100));

    pipeEverySecond("pump-7", NORMAL, ANOMALOUS, NORMAL, NORMAL);
    models.activate(TestModels.load(TestBundles.ofWindow(4, 4, 100)));
    pipeAt("pump-7", NORMAL, TIME.plusSeconds(4));

    ScoreEvent last = ScoreEventJson.decode(lastOf(output("scores").readValuesToList()));
    assertThat(last.model()).isEqualTo(models.id().orElseThrow());
    // 16 cells, and half as far from the mean by twice the scale
    assertThat(last.summary().score()).isCloseTo(16 * 0.72709 + 0.73386 * 29 / 4, within(1e-3));
  }

  @Test
  void tellsOfMachineThatFallsSilent() {
    start(SETTINGS, TestBundles.ofWindow(2, 2, 100));

    pipeEverySecond("pump-7", NORMAL, NORMAL);
    letSecondsPass(1 + 59); // there were records in the first
    assertThat(output("anomalies").isEmpty()).isTrue();
    letSecondsPass(100);
    assertThat(scrape()).containsEntry("elbow_entities_silent", 1.0);
    pipeAt("pump-7", NORMAL, TIME.plusSeconds(700));

    List<TestRecord<byte[], byte[]>> told = output("anomalies").readRecordsToList();
    assertThat(told)
        .extracting(record -> AnomalyEventJson.decode(record.value()))
        .extracting(event -> ((Silence) event).status())
        .containsExactly(Silence.Status.SILENT, Silence.Status.HEARD_AGAIN);
    assertThat(told)
        .allSatisfy(record -> assertThat(record.key()).asString(UTF_8).isEqualTo("pump-7"));
    assertThat(scrape()).containsEntry("elbow_entities_silent", 0.0);
  }

  @Test
  void judgesEachRecordByTheModelThatIsActiveThen() {
    start(SETTINGS, TestBundles.standard());
    String first = models.id().orElseThrow();

    pipe("pump-7", ANOMALOUS);
    models.activate(TestModels.load(TestBundles.bundle(List.of("heat", "speed"), List.of(), 1)));
    pipe("pump-7", ANOMALOUS);

    List<Anomaly> anomalies =
        output("anomalies").readValuesToList().stream().map(AnomalyJson::decode).toList();
    assertThat(anomalies)
        .extracting(Anomaly::model)
        .containsExactly(first, models.id().orElseThrow());
    assertThat(anomalies.get(1).summary().threshold()).isEqualTo(1);
    assertThat(anomalies.get(1).summary().observed()).isEqualTo(1);
  }

  @Test
  void countsEveryRecordOnce() {
    start(SETTINGS, TestBundles.standard());

    pipe("pump-7", NORMAL);
    pipe("pump-7", ANOMALOUS);
    pipe("pump-8", ANOMALOUS);
    pipe("pump-8", "{");
    pipe("pump-8", "{}");

    assertThat(scrape())
        .containsEntry("elbow_observations_received_total", 5.0)
        .containsEntry("elbow_observations_total{outcome=\"normal\"}", 1.0)
        .containsEntry("elbow_observations_total{outcome=\"anomalous\"}", 2.0)
        .containsEntry("elbow_observations_total{outcome=\"rejected\"}", 2.0)
        .containsEntry("elbow_anomalies_total{entity=\"pump-7\"}", 1.0)
        .containsEntry("elbow_anomalies_total{entity=\"pump-8\"}", 1.0)
        .containsEntry("elbow_rejections_total{reason=\"malformed-json\"}", 1.0)
        .containsEntry("elbow_rejections_total{reason=\"too-few-sensors\"}", 1.0)
        .containsEntry("elbow_score_nats_count", 3.0)
        .containsEntry("elbow_scoring_seconds_count", 3.0);
  }

  @Test
  void hasNoNodeWithoutAName() {
    String description =
        DetectionTopology.of(TOPICS, () -> processor(SETTINGS), this::following)
            .describe()
            .toString();

    assertThat(description)
        .contains("Source: source (topics: [observations])")
        .contains("Processor: scoring (stores: [entities, rows, heard])")
        .contains("Sink: anomalies (topic: anomalies)")
        .contains("Sink: rejections (topic: rejections)")
        .contains("Sink: scores (topic: scores)")
        .contains("Processor: following (stores: [episodes])")
        .contains("Sink: episodes (topic: episodes)")
        .doesNotContain("Source: acknowledged");
  }

  private void start(DetectionSettings settings, ModelBundle bundle) {
    models.activate(TestModels.load(bundle));
    Properties properties = new Properties();
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
    properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "unused:1");
    properties.put(StreamsConfig.STATE_DIR_CONFIG, directory.toString());
    properties.put(StreamsConfig.DEFAULT_TIMESTAMP_EXTRACTOR_CLASS_CONFIG, RecordTime.class);
    driver =
        new TopologyTestDriver(
            DetectionTopology.of(settings.topics(), () -> processor(settings), this::following),
            properties);
  }

  private ScoringProcessor processor(DetectionSettings settings) {
    return new ScoringProcessor(
        settings,
        models,
        new HistoryMemory(1 << 20),
        new RejectedRecords(100_000, new KeptRecords(directory)),
        () -> true,
        ScoringThreads.none(),
        metrics);
  }

  private EpisodeProcessor following() {
    return new EpisodeProcessor("observations", EPISODES, () -> true, metrics.episodes());
  }

  private TopologyTestDriver driver() {
    return Optional.ofNullable(driver).orElseThrow();
  }

  private TestInputTopic<byte[], byte[]> input() {
    return driver()
        .createInputTopic("observations", new ByteArraySerializer(), new ByteArraySerializer());
  }

  private TestOutputTopic<byte[], byte[]> output(String topic) {
    return driver()
        .createOutputTopic(topic, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  private void pipeEverySecond(String key, String... values) {
    for (int t = 0; t < values.length; t++) {
      pipeAt(key, values[t], TIME.plusSeconds(t));
    }
  }

  private void pipeAt(String key, String value, Instant time) {
    input().pipeInput(key.getBytes(UTF_8), value.getBytes(UTF_8), time);
  }

  private void letSecondsPass(int seconds) {
    for (int i = 0; i < seconds; i++) {
      driver().advanceWallClockTime(Duration.ofSeconds(1));
    }
  }

  private static byte[] lastOf(List<byte[]> values) {
    return values.get(values.size() - 1);
  }

  private void pipe(String key, String value) {
    input().pipeInput(key.getBytes(UTF_8), value.getBytes(UTF_8), TIME);
  }

  private Map<String, Double> scrape() {
    return Scrape.of(metrics);
  }

  private static Rejection rejection(TestRecord<byte[], byte[]> record) {
    Map<String, String> headers = new HashMap<>();
    record
        .headers()
        .forEach(
            header ->
                headers.put(
                    header.key(), header.value() == null ? "" : new String(header.value(), UTF_8)));
    return Rejection.ofHeaders(headers);
  }
}
