package dev.elbow.benchmarks.pipeline;

import dev.elbow.event.DecodedRow;
import dev.elbow.event.ObservationFormat;
import dev.elbow.event.ObservationRow;
import dev.elbow.event.RowReader;
import dev.elbow.event.SensorColumns;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;

/**
 * What Kafka Streams can do if nothing is scored: it reads each record by the detector's own reader
 * and writes it to another topic. Its settings are Kafka's, but for those the detector has from its
 * user.
 */
final class Passthrough implements AutoCloseable {

  private final AtomicLong done = new AtomicLong();
  private final KafkaStreams streams;

  /**
   * Starts.
   *
   * @param output created before
   */
  Passthrough(
      Map<String, String> settings,
      Recording input,
      String output,
      ObservationFormat format,
      List<String> sensors) {
    Topology topology =
        new Topology()
            .addSource(
                "source", new ByteArrayDeserializer(), new ByteArrayDeserializer(), input.topic())
            .addProcessor("reading", () -> new Reading(format, sensors), "source")
            .addSink(
                "copies", output, new ByteArraySerializer(), new ByteArraySerializer(), "reading");
    Properties properties = new Properties();
    properties.putAll(settings);
    properties.put(
        StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
    properties.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
    streams = new KafkaStreams(topology, properties);
    streams.start();
  }

  /** What both streams are told. */
  static Map<String, String> settings(String servers, String id, Path state) {
    return Map.of(
        StreamsConfig.BOOTSTRAP_SERVERS_CONFIG,
        servers,
        StreamsConfig.APPLICATION_ID_CONFIG,
        id,
        StreamsConfig.STATE_DIR_CONFIG,
        state.toString(),
        StreamsConfig.COMMIT_INTERVAL_MS_CONFIG,
        "30",
        StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG),
        "5");
  }

  /** How many records have been passed through. */
  long done() {
    return done.get();
  }

  private final class Reading extends ContextualProcessor<byte[], byte[], byte[], byte[]> {

    private final RowReader reader;

    Reading(ObservationFormat format, List<String> sensors) {
      this.reader = format.rows(SensorColumns.of(sensors));
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
      DecodedRow decoded =
          reader.read(record.key(), record.value(), Instant.ofEpochMilli(record.timestamp()));
      if (decoded instanceof ObservationRow) {
        context().forward(record);
        done.incrementAndGet();
      }
    }
  }

  @Override
  public void close() {
    streams.close();
  }
}
