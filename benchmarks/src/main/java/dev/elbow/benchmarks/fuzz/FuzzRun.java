package dev.elbow.benchmarks.fuzz;

import dev.elbow.benchmarks.fuzz.Account.Place;
import dev.elbow.benchmarks.fuzz.FuzzedInput.Fuzzed;
import dev.elbow.benchmarks.fuzz.ResultReader.ResultTopics;
import dev.elbow.benchmarks.pipeline.Net;
import dev.elbow.benchmarks.pipeline.Plant;
import dev.elbow.benchmarks.pipeline.Recording;
import dev.elbow.benchmarks.pipeline.RunningDetector;
import dev.elbow.benchmarks.pipeline.Workshop;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** One detector that is sent fuzzed records of one format, while what it makes of them is read. */
final class FuzzRun {

  private static final int PARTITIONS = 4;
  private static final int SENSORS = 8;
  private static final int MACHINES = 8;
  private static final int WINDOW = 8;

  /** What may be several times as large as any one mutation makes it. */
  private static final int LARGEST_REQUEST = 16 << 20;

  /** After so long without an outcome, while records wait, the detector stalls. */
  private static final Duration STALL = Duration.ofSeconds(60);

  /** So many observations come to one acknowledgement; all machines have their turn. */
  private static final int ACKNOWLEDGED_EVERY = 9;

  /** How many records are sent before it is looked at what came of them. */
  private static final int STRETCH = 500;

  private final Workshop workshop;
  private final FuzzFormat format;
  private final boolean series;
  private final boolean acknowledged;
  private final Map<String, String> settings;
  private final Plant plant = new Plant(MACHINES, SENSORS);
  private final Account account = new Account();
  private final AcknowledgementAccount acknowledgements = new AcknowledgementAccount();
  private final AtomicReference<@Nullable Exception> refused = new AtomicReference<>();
  private long sent;
  private long outcomes;
  private long lastOutcome;
  private Duration longestPause = Duration.ZERO;

  /**
   * @param series whether the model looks back
   * @param acknowledged whether the detector reads acknowledgements, too: its frames are small then
   * @param settings of the detector, beyond those the run needs
   */
  FuzzRun(
      Workshop workshop,
      FuzzFormat format,
      boolean series,
      boolean acknowledged,
      Map<String, String> settings) {
    this.workshop = workshop;
    this.format = format;
    this.series = series;
    this.acknowledged = acknowledged;
    this.settings = settings;
  }

  /** Which one it is. */
  String name() {
    return format.name().toLowerCase(Locale.ROOT)
        + (series ? ", series" : ", rows")
        + (acknowledged ? ", acknowledged" : "");
  }

  /** Sends so many records and reads what comes of them, until all have come or none comes. */
  FuzzResult run(long records, long seed) throws IOException {
    String prefix = "fuzz-" + name().replace(", ", "-");
    Recording input = new Recording(prefix, PARTITIONS, records);
    ResultTopics results =
        new ResultTopics(
            prefix + "-scores",
            prefix + "-anomalies",
            prefix + "-rejections",
            prefix + "-acknowledgements");
    createTopics(input.topic(), results);
    Path bundle = workshop.bundle(net(), plant, prefix + "-bundle");
    long begun = System.nanoTime();
    boolean stalled;
    Metrics metrics;
    try (ResultReader reader =
        new ResultReader(
            workshop.broker().bootstrapServers(), results, PARTITIONS, account, acknowledgements)) {
      try (RunningDetector detector =
          workshop.detector(input, bundle, detectorSettings(prefix, results))) {
        send(records, seed, input.topic(), results.acknowledgements(), reader);
        stalled = !awaitOutcomes(reader, detector);
        metrics = new Metrics(detector);
      }
      reader.readToEnd();
    }
    Duration took = Duration.ofNanos(System.nanoTime() - begun);
    Map<String, Tally> tallies = account.tallies();
    return new FuzzResult(
        name(),
        tallies,
        took,
        longestPause,
        stalled,
        metrics.acknowledgements(),
        metrics.discrepancies(sent, tallies, acknowledgements));
  }

  private Net net() {
    return new Net(SENSORS, List.of(16), 3, 1, series ? WINDOW : 1);
  }

  private void createTopics(String observations, ResultTopics results) {
    Map<String, String> takesAll =
        Map.of(
            "message.timestamp.after.max.ms",
            Long.toString(Long.MAX_VALUE),
            "max.message.bytes",
            Integer.toString(LARGEST_REQUEST));
    workshop.broker().createTopic(observations, PARTITIONS, takesAll);
    workshop.broker().createTopic(results.acknowledgements(), PARTITIONS, takesAll);
    workshop.broker().createTopic(results.scores(), PARTITIONS, Map.of());
    workshop.broker().createTopic(results.anomalies(), PARTITIONS, Map.of());
    workshop
        .broker()
        .createTopic(
            results.rejections(),
            PARTITIONS,
            Map.of("max.message.bytes", Integer.toString(RecordMutations.LARGEST_REJECTION)));
  }

  private Map<String, String> detectorSettings(String prefix, ResultTopics results)
      throws IOException {
    Map<String, String> all = new HashMap<>(format.settings(workshop.folder(prefix + "-schema")));
    all.put("topics.scores", results.scores());
    all.put("topics.anomalies", results.anomalies());
    all.put("topics.rejections", results.rejections());
    if (acknowledged) {
      all.put("topics.acknowledgements", results.acknowledgements());
    }
    all.put("observation.max.bytes", Integer.toString(RecordMutations.LARGEST_VALUE));
    all.putAll(settings);
    return all;
  }

  private void send(
      long records, long seed, String topic, String acknowledgementsTopic, ResultReader reader)
      throws IOException {
    FuzzedInput observations = FuzzedInput.observations(plant, format, seed);
    FuzzedInput shifts = FuzzedInput.acknowledgements(plant, seed, ACKNOWLEDGED_EVERY);
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers",
                workshop.broker().bootstrapServers(),
                "max.request.size",
                LARGEST_REQUEST,
                "linger.ms",
                5),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      while (sent < records) {
        if (acknowledged && sent % ACKNOWLEDGED_EVERY == 0) {
          send(
              shifts.next(),
              acknowledgementsTopic,
              producer,
              (place, kind, fingerprint) ->
                  acknowledgements.sent(place, kind.equals(FuzzedInput.SOUND), fingerprint));
        }
        send(observations.next(), topic, producer, account::sent);
        sent++;
        if (sent % STRETCH == 0) {
          read(reader, Duration.ZERO);
        }
      }
    }
    if (refused.get() != null) {
      throw new IOException("the broker refused a record of " + topic, refused.get());
    }
  }

  /** Is told of a record that the broker has. */
  @FunctionalInterface
  private interface Sent {
    void at(Place place, String kind, int fingerprint);
  }

  private void send(
      Fuzzed fuzzed, String topic, KafkaProducer<byte[], byte[]> producer, Sent known) {
    Draft draft = fuzzed.draft();
    int fingerprint = Fingerprint.of(draft.key, draft.value, draft.headers);
    var unused =
        producer.send(
            new ProducerRecord<>(
                topic,
                fuzzed.machine() % PARTITIONS,
                draft.timestamp,
                draft.key,
                draft.value,
                draft.headers),
            (metadata, exception) -> {
              if (exception == null) {
                Place place = new Place(metadata.partition(), metadata.offset());
                known.at(place, fuzzed.kind(), fingerprint);
              } else {
                refused.compareAndSet(null, exception);
              }
            });
  }

  /** Whether they came. */
  private boolean awaitOutcomes(ResultReader reader, RunningDetector detector) throws IOException {
    lastOutcome = outcomes == 0 ? System.nanoTime() : lastOutcome;
    while (outcomes < sent
        || Metrics.Acknowledgements.of(detector).all() < acknowledgements.sent()) {
      read(reader, Duration.ofMillis(100));
      if (System.nanoTime() - lastOutcome > STALL.toNanos()) {
        return false;
      }
    }
    return true;
  }

  private void read(ResultReader reader, Duration patience) throws IOException {
    reader.read(patience);
    long now = account.outcomes();
    if (now > outcomes) {
      long time = System.nanoTime();
      Duration pause = Duration.ofNanos(outcomes == 0 ? 0 : time - lastOutcome);
      longestPause = pause.compareTo(longestPause) > 0 ? pause : longestPause;
      outcomes = now;
      lastOutcome = time;
    }
  }
}
