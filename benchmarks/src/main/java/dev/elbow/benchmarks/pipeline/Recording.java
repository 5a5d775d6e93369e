package dev.elbow.benchmarks.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.elbow.broker.EmbeddedBroker;
import dev.elbow.event.ObservationFormat;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * A topic that already holds what is to be read: records of machines in turn, a second apart.
 *
 * @param topic its name
 * @param partitions how many it has; a machine has one
 * @param records how many it holds
 */
public record Recording(String topic, int partitions, long records) {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  /** Different values; the records go through them again and again. */
  private static final int DISTINCT_BYTES = 64 << 20;

  private static final int MOST_DISTINCT = 20_000;

  /** Writes one. */
  static Recording write(
      EmbeddedBroker broker,
      String topic,
      int partitions,
      long records,
      Plant plant,
      Format format,
      Path directory)
      throws IOException {
    broker.createTopic(topic, partitions, Map.of());
    ObservationFormat observations = format.of(plant, directory);
    SplittableRandom random = new SplittableRandom(1);
    int distinct = Math.min(MOST_DISTINCT, DISTINCT_BYTES / (20 * plant.sensors()));
    byte[][] values =
        IntStream.range(0, distinct)
            .mapToObj(i -> observations.encodeValue(plant.observe(random)))
            .toArray(byte[][]::new);
    AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    try (KafkaProducer<byte[], byte[]> producer = producer(broker)) {
      for (long i = 0; i < records; i++) {
        long machine = i % plant.machines();
        Instant time = START.plus(Plant.STEP.multipliedBy(i / plant.machines()));
        ProducerRecord<byte[], byte[]> record =
            new ProducerRecord<>(
                topic,
                (int) (machine % partitions),
                time.toEpochMilli(),
                plant.machine(machine).getBytes(UTF_8),
                values[(int) (i % distinct)]);
        var unused =
            producer.send(record, (metadata, refused) -> failure.compareAndSet(null, refused));
      }
    }
    if (failure.get() != null) {
      throw new IOException("the broker refused a record of " + topic, failure.get());
    }
    return new Recording(topic, partitions, records);
  }

  private static KafkaProducer<byte[], byte[]> producer(EmbeddedBroker broker) {
    return new KafkaProducer<>(
        Map.of(
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
            broker.bootstrapServers(),
            ProducerConfig.ACKS_CONFIG,
            "1",
            ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
            false,
            ProducerConfig.BATCH_SIZE_CONFIG,
            512 << 10,
            ProducerConfig.LINGER_MS_CONFIG,
            20,
            ProducerConfig.BUFFER_MEMORY_CONFIG,
            64 << 20),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }
}
