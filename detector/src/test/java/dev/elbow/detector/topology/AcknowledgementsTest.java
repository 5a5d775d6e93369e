package dev.elbow.detector.topology;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

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
import dev.elbow.event.AnomalyJson;
import dev.elbow.event.Episode;
import dev.elbow.event.EpisodeJson;
import dev.elbow.event.ObservationJson;
import dev.elbow.event.ScoreEventJson;
import dev.elbow.scoring.ObservedShare;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From a record of the acknowledgements topic to what becomes of it and of its entity. */
class AcknowledgementsTest {

  private static final Instant TIME = Instant.parse("2026-03-01T08:15:30.250Z");
  private static final EpisodeRule EPISODES =
      new EpisodeRule(Duration.ofMinutes(1), 10, Duration.ofHours(1), 2);
  private static final DetectionSettings SETTINGS =
      new DetectionSettings(
          new Topics(
              "observations",
              "anomalies",
              "rejections",
              Optional.of("episodes"),
              Optional.of("scores"),
              Optional.of("acknowledgements")),
          ObservationJson.FORMAT,
          200,
          ObservedShare.DEFAULT,
          UnknownEntities.SCORE,
          new EntitySettings(128, new SilenceRule(0, Duration.ofMinutes(1), Duration.ofDays(30))),
          2);

  private final Path directory;
  private final DetectionMetrics metrics = new DetectionMetrics();
  private final ActiveModel models = new ActiveModel();
  private @Nullable TopologyTestDriver driver;

  AcknowledgementsTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @AfterEach
  void close() {
    Optional.ofNullable(driver).ifPresent(TopologyTestDriver::close);
    models.close();
    metrics.close();
  }

  /** Of 8 rows of 4 sensors, 23.3 + 5.87 z² nats, see TestBundles; 30 are normal, 39 a shift. */
  @Test
  void shiftStandsUntilItIsAcknowledgedAndIsRaisedAgainWhenTheLevelMovesOn() {
    start(TestBundles.ofSeries(8));

    observe("pump-7", 0, 60, 1.07);
    assertThat(lastStatus()).isEqualTo(AlarmLevel.NORMAL);
    observe("pump-7", 60, 120, 2);
    assertThat(lastStatus()).isEqualTo(AlarmLevel.SHIFT);
    assertThat(raised()).isEqualTo(1);
    assertThat(scrape()).containsEntry("elbow_entities_shifted", 1.0);

    acknowledge("pump-7", "{\"by\":\"anna\"}");
    observe("pump-7", 120, 180, 2);
    assertThat(lastStatus()).isEqualTo(AlarmLevel.NORMAL);
    assertThat(raised()).isZero();
    assertThat(scrape())
        .containsEntry("elbow_acknowledgements_total{outcome=\"applied\"}", 1.0)
        .containsEntry("elbow_entities_shifted", 0.0);

    observe("pump-7", 180, 240, 2.5);
    assertThat(lastStatus()).isEqualTo(AlarmLevel.SHIFT);
    assertThat(raised()).isEqualTo(1);
    assertThat(scrape()).containsEntry("elbow_entities_shifted", 1.0);
  }

  /** The onset, what it leaves and the shift are one alarm until somebody has looked. */
  @Test
  void episodeLastsFromOnsetToAcknowledgement() {
    start(TestBundles.ofSeries(8));
    observe("pump-7", 0, 60, 1.07);
    observe("pump-7", 60, 120, 3);
    acknowledge("pump-7", "{\"by\":\"anna\"}");
    List<Anomaly> anomalies = anomalies();

    List<Episode> episodes = episodes();

    assertThat(anomalies).extracting(Anomaly::status).contains(AlarmLevel.ALARM, AlarmLevel.SHIFT);
    assertThat(episodes.get(0).status()).isEqualTo(Episode.Status.STARTED);
    assertThat(episodes.get(0).first()).isEqualTo(anomalies.get(0).source());
    assertThat(episodes).extracting(Episode::id).containsOnly(episodes.get(0).id());
    Episode end = episodes.get(episodes.size() - 1);
    assertThat(end.reason()).contains(Episode.Reason.ACKNOWLEDGED);
    assertThat(end.anomalies()).isEqualTo(anomalies.size());
    assertThat(end.end()).isEqualTo(TIME.plusSeconds(119));
  }

  @Test
  void countsAndIgnoresAcknowledgementOfNothing() {
    start(TestBundles.ofSeries(8));
    observe("pump-7", 0, 20, 1.07);

    acknowledge("pump-7", "{}");
    acknowledge("pump-8", "{}");

    assertThat(scrape())
        .containsEntry("elbow_acknowledgements_total{outcome=\"nothing-to-acknowledge\"}", 2.0)
        .containsEntry("elbow_acknowledgements_total{outcome=\"applied\"}", 0.0)
        .containsEntry("elbow_entities", 1.0);
    assertThat(output("rejections").isEmpty()).isTrue();
  }

  @Test
  void modelOfSingleRowsHasNothingToAcknowledge() {
    start(TestBundles.standard());
    observe("pump-7", 0, 3, 9);

    acknowledge("pump-7", "{}");

    assertThat(scrape())
        .containsEntry("elbow_acknowledgements_total{outcome=\"nothing-to-acknowledge\"}", 1.0);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "pump-7 | {\"by\": | malformed-json",
        "pump-7 | {\"by\":7} | wrong-type",
        "pump-7 | {\"timestamp\":\"soon\"} | bad-timestamp",
        " | {\"entity\":\"pump-7\"} | bad-entity",
      })
  void rejectsWithOriginalBytesAndCoordinates(@Nullable String key, String value, String reason) {
    start(TestBundles.ofSeries(8));

    acknowledge(key, value);

    TestRecord<byte[], byte[]> rejected = output("rejections").readRecord();
    assertThat(rejected.value()).asString(UTF_8).isEqualTo(value);
    assertThat(rejected.key()).isEqualTo(key == null ? null : key.getBytes(UTF_8));
    assertThat(header(rejected, "elbow.reason")).isEqualTo(reason);
    assertThat(header(rejected, "elbow.source.topic")).isEqualTo("acknowledgements");
    assertThat(header(rejected, "elbow.source.offset")).isEqualTo("0");
    assertThat(header(rejected, "elbow.model")).isEqualTo(models.id().orElseThrow());
  }

  @Test
  void rejectsOversizedValueUnread() {
    start(TestBundles.ofSeries(8));

    acknowledge("pump-7", "{\"note\":\"" + "x".repeat(200) + "\"}");

    assertThat(header(output("rejections").readRecord(), "elbow.reason")).isEqualTo("oversized");
  }

  @Test
  void countsRejectedAcknowledgementsApartFromObservations() {
    start(TestBundles.ofSeries(8));
    observe("pump-7", 0, 10, 1);

    acknowledge("pump-7", "[]");

    assertThat(scrape())
        .containsEntry("elbow_acknowledgements_total{outcome=\"rejected\"}", 1.0)
        .containsEntry("elbow_observations_received_total", 10.0)
        .containsEntry("elbow_observations_total{outcome=\"rejected\"}", 0.0)
        .containsEntry("elbow_rejections_total{reason=\"wrong-type\"}", 0.0);
  }

  @Test
  void goesToTheTaskThatHasTheEntities() {
    String description =
        DetectionTopology.of(SETTINGS.topics(), this::processor, this::following)
            .describe()
            .toString();

    assertThat(description)
        .containsOnlyOnce("Sub-topology")
        .contains("Source: source (topics: [observations])")
        .contains("Source: acknowledged (topics: [acknowledgements])")
        .containsOnlyOnce("Processor: scoring");
  }

  private void start(ModelBundle bundle) {
    models.activate(TestModels.load(bundle));
    Properties properties = new Properties();
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
    properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "unused:1");
    properties.put(StreamsConfig.STATE_DIR_CONFIG, directory.toString());
    properties.put(StreamsConfig.DEFAULT_TIMESTAMP_EXTRACTOR_CLASS_CONFIG, RecordTime.class);
    driver =
        new TopologyTestDriver(
            DetectionTopology.of(SETTINGS.topics(), this::processor, this::following), properties);
  }

  private ScoringProcessor processor() {
    return new ScoringProcessor(
        SETTINGS,
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

  /**
   * A row a second, all of them alike.
   *
   * @param z how far one sensor is off, in its scale
   */
  private void observe(String entity, int from, int to, double z) {
    String json = "{\"pressure\":10,\"flow\":%s,\"heat\":10,\"noise\":10}".formatted(10 + 2 * z);
    for (int t = from; t < to; t++) {
      pipe("observations", entity, json, TIME.plusSeconds(t));
    }
  }

  private void acknowledge(@Nullable String key, String value) {
    pipe("acknowledgements", key, value, TIME);
  }

  private void pipe(String topic, @Nullable String key, String value, Instant time) {
    driver()
        .createInputTopic(topic, new ByteArraySerializer(), new ByteArraySerializer())
        .pipeInput(
            new TestRecord<>(
                key == null ? null : key.getBytes(UTF_8), value.getBytes(UTF_8), time));
  }

  private AlarmLevel lastStatus() {
    List<byte[]> scores = output("scores").readValuesToList();
    return ScoreEventJson.decode(scores.get(scores.size() - 1)).status();
  }

  /** How often SHIFT has been told since the last call. */
  private long raised() {
    return anomalies().stream().filter(one -> one.status() == AlarmLevel.SHIFT).count();
  }

  private List<Anomaly> anomalies() {
    return output("anomalies").readValuesToList().stream().map(AnomalyJson::decode).toList();
  }

  private List<Episode> episodes() {
    return output("episodes").readValuesToList().stream().map(EpisodeJson::decode).toList();
  }

  private TestOutputTopic<byte[], byte[]> output(String topic) {
    return driver()
        .createOutputTopic(topic, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  private TopologyTestDriver driver() {
    return Optional.ofNullable(driver).orElseThrow();
  }

  private Map<String, Double> scrape() {
    return Scrape.of(metrics);
  }

  private static String header(TestRecord<byte[], byte[]> record, String name) {
    return new String(record.headers().lastHeader(name).value(), UTF_8);
  }
}
