package dev.elbow.detector.topology;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.elbow.bundle.ModelBundle;
import dev.elbow.detector.TestBundles;
import dev.elbow.detector.entity.EntitySettings;
import dev.elbow.detector.entity.HistoryMemory;
import dev.elbow.detector.entity.SilenceRule;
import dev.elbow.detector.episode.EpisodeRule;
import dev.elbow.detector.metrics.DetectionMetrics;
import dev.elbow.detector.metrics.Scrape;
import dev.elbow.detector.models.ActiveModel;
import dev.elbow.detector.models.ModelSchedule;
import dev.elbow.detector.models.Models;
import dev.elbow.detector.models.TestModels;
import dev.elbow.detector.packing.PackingSettings;
import dev.elbow.detector.packing.RecordPacker;
import dev.elbow.detector.packing.RecordTime;
import dev.elbow.detector.topology.DetectionSettings.UnknownEntities;
import dev.elbow.event.Activation;
import dev.elbow.event.EntityGroup;
import dev.elbow.event.ObservationJson;
import dev.elbow.scoring.ObservedShare;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** However records are packed, each has the outcome it has alone, and outcomes have their order. */
class PackedRecordsTest {

  private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
  private static final TopicPartition PARTITION = new TopicPartition("observations", 0);
  private static final int FORGET_DAYS = 2;
  private static final EpisodeRule EPISODES =
      new EpisodeRule(Duration.ofSeconds(5), 3, Duration.ofSeconds(30), 2);

  /** Two series of different windows, one of other sensors, and single rows. */
  private static final List<ModelBundle> TURNS =
      List.of(
          TestBundles.ofSeries(4),
          TestBundles.ofSeries(8),
          TestBundles.bundle(List.of("heat", "noise"), List.of(), 10),
          TestBundles.standard());

  /** They score the parts of frames that hold more than one part: those of all records. */
  private final ScoringThreads threads = new ScoringThreads(2);

  private final Path directory;

  PackedRecordsTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @AfterEach
  void endThreads() {
    threads.close();
  }

  /** All that a run has sent, topic by topic, and what it has counted. */
  private record Outcome(Map<String, List<String>> sent, Map<String, Double> counted) {

    List<String> sent(String topic) {
      return sent.getOrDefault(topic, List.of());
    }
  }

  @Test
  void seriesOfSeveralEntitiesWithGapsStragglersAndBadRecords() {
    List<ConsumerRecord<byte[], byte[]>> records = plant(new Random(1), 1500);

    Outcome alone = run(TestBundles.ofSeries(8), records, 1);
    Outcome packed = run(TestBundles.ofSeries(8), records, 100);
    Outcome all = run(TestBundles.ofSeries(8), records, 10_000);

    assertThat(packed).isEqualTo(alone);
    assertThat(all).isEqualTo(alone);
    assertThat(alone.sent("rejections")).hasSizeGreaterThan(50);
    assertThat(String.join("\n", alone.sent("anomalies")))
        .contains("\"status\":\"silent\"", "\"status\":\"heard-again\"", "\"status\":\"alarm\"");
    assertThat(alone.counted()).containsEntry("elbow_observations_received_total", 1500.0);
  }

  @Test
  void rowsThatAreJudgedByThemselves() {
    List<ConsumerRecord<byte[], byte[]>> records = plant(new Random(2), 600);

    Outcome alone = run(TestBundles.standard(), records, 1);
    Outcome packed = run(TestBundles.standard(), records, 128);
    Outcome all = run(TestBundles.standard(), records, 10_000);

    assertThat(packed).isEqualTo(alone);
    assertThat(all).isEqualTo(alone);
  }

  @Test
  void partsThatNoThreadTakes() {
    List<ConsumerRecord<byte[], byte[]>> records = plant(new Random(5), 600);
    Outcome alone = run(TestBundles.standard(), records, 1);

    threads.close();
    Outcome all = run(TestBundles.standard(), records, 10_000);

    assertThat(all).isEqualTo(alone);
  }

  /** Rows come up to five seconds late, so models of before come back for single rows. */
  @Test
  void modelsThatTakeTurnsInTheMiddleOfFramesAndByEntity() {
    List<ConsumerRecord<byte[], byte[]>> records = plant(new Random(4), 1500);

    Outcome alone = run("turns", PackedRecordsTest::schedule, records, 1);
    Outcome packed = run("turns", PackedRecordsTest::schedule, records, 100);
    Outcome all = run("turns", PackedRecordsTest::schedule, records, 10_000);

    assertThat(packed).isEqualTo(alone);
    assertThat(all).isEqualTo(alone);
    String scores = String.join("\n", alone.sent("scores"));
    assertThat(scores).contains(TURNS.stream().map(ModelBundle::id).toList());
    assertThat(alone.counted())
        .hasEntrySatisfying(
            "elbow_rejections_total{reason=\"no-model\"}", count -> assertThat(count).isPositive());
  }

  private static ModelSchedule schedule(DetectionMetrics metrics) {
    Map<String, ModelBundle> bundles = new HashMap<>();
    TURNS.forEach(bundle -> bundles.put(bundle.id(), bundle));
    ModelSchedule schedule =
        new ModelSchedule(
            id -> Objects.requireNonNull(bundles.get(id)), 16, metrics.models(), Clock.systemUTC());
    schedule.follow(
        List.of(
            activation(0, 10, "*"),
            activation(1, 100, "*"),
            activation(2, 150, "pump-1"),
            activation(0, 200, "*"),
            activation(3, 220, "pump-0"),
            activation(1, 350, "*"),
            activation(0, 400, "pump-1")));
    return schedule;
  }

  private static Activation activation(int turn, int second, String entities) {
    return new Activation(
        Optional.of(TURNS.get(turn).id()), START.plusSeconds(second), new EntityGroup(entities));
  }

  /**
   * It has rows in the frame that are not settled when it is forgotten, and begins afresh in it.
   */
  @Test
  void entityThatIsForgottenInTheMiddleOfFrame() {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    Random random = new Random(3);
    for (int t = 0; t < 20; t++) {
      records.add(observation(records.size(), "pump-1", START.plusSeconds(t), random));
    }
    Instant later = START.plus(Duration.ofDays(FORGET_DAYS + 1));
    records.add(observation(records.size(), "pump-2", later, random));
    for (int t = 1; t < 20; t++) {
      records.add(observation(records.size(), "pump-1", later.plusSeconds(t), random));
    }

    Outcome alone = run(TestBundles.ofSeries(8), records, 1);
    Outcome packed = run(TestBundles.ofSeries(8), records, 1000);

    assertThat(packed).isEqualTo(alone);
    assertThat(alone.sent("scores")).filteredOn(this::isWarmingUp).hasSize(7 + 1 + 7);
  }

  private boolean isWarmingUp(String score) {
    return score.contains("warming-up");
  }

  /** Three entities that stop, come late, go back in time and send what is no observation. */
  private static List<ConsumerRecord<byte[], byte[]>> plant(Random random, int count) {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String entity = "pump-" + (i < 600 || i > 1200 ? random.nextInt(3) : random.nextInt(2));
      Instant time = START.plusSeconds(i / 3 - (random.nextInt(20) == 0 ? 5 : 0));
      records.add(
          random.nextInt(20) == 0
              ? record(i, entity, time, "{\"pressure\":" + "x".repeat(random.nextInt(300)))
              : observation(i, entity, time, random));
    }
    return records;
  }

  private static ConsumerRecord<byte[], byte[]> observation(
      int offset, String entity, Instant time, Random random) {
    double flow = random.nextInt(30) == 0 ? 40 : 10 + random.nextGaussian();
    return record(
        offset,
        entity,
        time,
        "{\"pressure\":%s,\"flow\":%s,\"heat\":%s,\"noise\":10}"
            .formatted(10 + random.nextGaussian(), flow, 10 + random.nextGaussian()));
  }

  private static ConsumerRecord<byte[], byte[]> record(
      int offset, String entity, Instant time, String json) {
    return new ConsumerRecord<>(
        PARTITION.topic(),
        PARTITION.partition(),
        offset,
        time.toEpochMilli(),
        TimestampType.CREATE_TIME,
        -1,
        -1,
        entity.getBytes(UTF_8),
        json.getBytes(UTF_8),
        new RecordHeaders().add("trace", new byte[] {1, 2}),
        Optional.empty());
  }

  private Outcome run(ModelBundle bundle, List<ConsumerRecord<byte[], byte[]>> records, int most) {
    return run(bundle.id(), metrics -> active(bundle), records, most);
  }

  private static ActiveModel active(ModelBundle bundle) {
    ActiveModel model = new ActiveModel();
    model.activate(TestModels.load(bundle));
    return model;
  }

  private Outcome run(
      String name,
      Function<DetectionMetrics, Models> modelsOf,
      List<ConsumerRecord<byte[], byte[]>> records,
      int most) {
    DetectionSettings settings = settings();
    try (DetectionMetrics metrics = new DetectionMetrics();
        Models models = modelsOf.apply(metrics)) {
      Path state = directory.resolve(name + most);
      try (TopologyTestDriver driver = driver(settings, models, metrics, state)) {
        TestInputTopic<byte[], byte[]> input =
            driver.createInputTopic(
                "observations", new ByteArraySerializer(), new ByteArraySerializer());
        pack(records, most)
            .forEach(
                record ->
                    input.pipeInput(
                        new TestRecord<>(
                            record.key(), record.value(), record.headers(), record.timestamp())));
        return new Outcome(sent(driver), counted(metrics));
      }
    }
  }

  private static List<ConsumerRecord<byte[], byte[]>> pack(
      List<ConsumerRecord<byte[], byte[]>> records, int most) {
    if (most == 1) {
      return records;
    }
    RecordPacker packer = new RecordPacker();
    packer.configure(
        new PackingSettings(most, Integer.MAX_VALUE, PARTITION.topic(), Optional.empty())
            .toProperties());
    return packer
        .onConsume(new ConsumerRecords<>(Map.of(PARTITION, records), Map.of()))
        .records(PARTITION);
  }

  private static DetectionSettings settings() {
    return new DetectionSettings(
        new Topics(
            "observations",
            "anomalies",
            "rejections",
            Optional.of("episodes"),
            Optional.of("scores"),
            Optional.empty()),
        ObservationJson.FORMAT,
        200,
        ObservedShare.DEFAULT,
        UnknownEntities.SCORE,
        new EntitySettings(
            64, new SilenceRule(10, Duration.ofMinutes(1), Duration.ofDays(FORGET_DAYS))),
        2);
  }

  private TopologyTestDriver driver(
      DetectionSettings settings, Models models, DetectionMetrics metrics, Path state) {
    Properties properties = new Properties();
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
    properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "unused:1");
    properties.put(StreamsConfig.STATE_DIR_CONFIG, state.toString());
    properties.put(StreamsConfig.DEFAULT_TIMESTAMP_EXTRACTOR_CLASS_CONFIG, RecordTime.class);
    RejectedRecords rejected = new RejectedRecords(100_000, new KeptRecords(state));
    return new TopologyTestDriver(
        DetectionTopology.of(
            settings.topics(),
            () ->
                new ScoringProcessor(
                    settings,
                    models,
                    new HistoryMemory(1 << 20),
                    rejected,
                    () -> true,
                    threads,
                    metrics),
            () ->
                new EpisodeProcessor(PARTITION.topic(), EPISODES, () -> true, metrics.episodes())),
        properties,
        START.plus(Duration.ofDays(30)));
  }

  private static Map<String, List<String>> sent(TopologyTestDriver driver) {
    Map<String, List<String>> sent = new TreeMap<>();
    for (String topic : List.of("anomalies", "rejections", "scores", "episodes")) {
      sent.put(
          topic,
          driver
              .createOutputTopic(topic, new ByteArrayDeserializer(), new ByteArrayDeserializer())
              .readRecordsToList()
              .stream()
              .map(PackedRecordsTest::text)
              .toList());
    }
    return sent;
  }

  private static String text(TestRecord<byte[], byte[]> record) {
    return "%s %s %s %s"
        .formatted(
            new String(record.key(), UTF_8),
            new String(record.value(), UTF_8),
            record.getRecordTime(),
            record.headers());
  }

  /** Of the detector's own, those that count records. */
  private static Map<String, Double> counted(DetectionMetrics metrics) {
    Map<String, Double> counted = new TreeMap<>(Scrape.of(metrics));
    counted
        .keySet()
        .removeIf(
            name ->
                !name.matches(
                        "elbow_(observations|rejections|anomalies|entities|episodes?|sensors|score_nats).*")
                    || name.contains("created"));
    return counted;
  }
}
