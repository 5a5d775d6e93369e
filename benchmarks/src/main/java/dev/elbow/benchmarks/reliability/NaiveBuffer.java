package dev.elbow.benchmarks.reliability;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/**
 * The negative control, a program that is <b>wrong on purpose</b>: it batches records across calls
 * of {@code process} and lets go of them by the clock and at the end. What waits in it when offsets
 * are committed is lost when it dies, and what it sends from {@code close} comes after the last
 * commit. A harness that cannot see this sees nothing.
 *
 * <p>It reads the detector's configuration file and gives every record the outcome of a score.
 */
final class NaiveBuffer {

  private static final int FULL = 5000;

  /** How often it lets go of what it holds. */
  static final Duration FLUSH = Duration.ofSeconds(3);

  private NaiveBuffer() {}

  /**
   * Runs it.
   *
   * @param args the properties file of a detector
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    Properties given = new Properties();
    try (Reader reader = Files.newBufferedReader(Path.of(args[0]))) {
      given.load(reader);
    }
    KafkaStreams streams = new KafkaStreams(topology(given), settings(given));
    CountDownLatch ended = new CountDownLatch(1);
    streams.setStateListener(
        (now, before) -> {
          if (now == KafkaStreams.State.ERROR || now == KafkaStreams.State.NOT_RUNNING) {
            ended.countDown();
          }
        });
    Runtime.getRuntime().addShutdownHook(new Thread(streams::close, "naive-stop"));
    streams.start();
    ended.await();
  }

  private static Properties settings(Properties given) {
    Properties settings = new Properties();
    for (String same :
        List.of(
            StreamsConfig.BOOTSTRAP_SERVERS_CONFIG,
            StreamsConfig.APPLICATION_ID_CONFIG,
            StreamsConfig.PROCESSING_GUARANTEE_CONFIG,
            StreamsConfig.GROUP_PROTOCOL_CONFIG,
            StreamsConfig.STATE_DIR_CONFIG)) {
      settings.put(same, given.getProperty(same));
    }
    settings.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, 100);
    settings.put(StreamsConfig.consumerPrefix("auto.offset.reset"), "earliest");
    if (given.getProperty(StreamsConfig.GROUP_PROTOCOL_CONFIG).equals("classic")) {
      settings.put(
          StreamsConfig.consumerPrefix("session.timeout.ms"),
          given.getProperty("session.timeout.ms"));
      settings.put(StreamsConfig.consumerPrefix("heartbeat.interval.ms"), 1000);
    }
    return settings;
  }

  private static Topology topology(Properties given) {
    var bytes = Serdes.ByteArray();
    return new Topology()
        .addSource(
            "observations",
            bytes.deserializer(),
            bytes.deserializer(),
            given.getProperty("topics.observations"))
        .addProcessor("buffer", Buffer::new, "observations")
        .addSink(
            "scores",
            given.getProperty("topics.scores"),
            bytes.serializer(),
            bytes.serializer(),
            "buffer");
  }

  private static final class Buffer extends ContextualProcessor<byte[], byte[], byte[], byte[]> {

    private final List<Record<byte[], byte[]>> waiting = new ArrayList<>();

    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
      super.init(context);
      context.schedule(FLUSH, PunctuationType.WALL_CLOCK_TIME, now -> flush());
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
      RecordMetadata source = context().recordMetadata().orElseThrow();
      String outcome =
          "{\"score\":0,\"source\":{\"topic\":\"%s\",\"partition\":%d,\"offset\":%d}}"
              .formatted(source.topic(), source.partition(), source.offset());
      waiting.add(record.withValue(outcome.getBytes(UTF_8)));
      if (waiting.size() >= FULL) {
        flush();
      }
    }

    private void flush() {
      waiting.forEach(context()::forward);
      waiting.clear();
    }

    @Override
    public void close() {
      flush();
    }
  }
}
