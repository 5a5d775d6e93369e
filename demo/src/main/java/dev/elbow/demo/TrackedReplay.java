package dev.elbow.demo;

import dev.elbow.cli.Replay;
import dev.elbow.event.Coordinates;
import dev.elbow.event.Observation;
import dev.elbow.event.ObservationJson;
import dev.elbow.trainer.data.SensorTable;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Sends the rows of a table to a topic at a given rate and remembers where each has gone and when.
 */
final class TrackedReplay {

  private static final long NANOS_PER_SECOND = Duration.ofSeconds(1).toNanos();

  private final SensorTable table;
  private final String topic;
  private final ConcurrentMap<Coordinates, Integer> rows = new ConcurrentHashMap<>();
  private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
  private final long[] sentNanos;
  private long firstNanos;
  private long lastNanos;
  private int sent;

  TrackedReplay(SensorTable table, String topic) {
    this.table = table;
    this.topic = topic;
    this.sentNanos = new long[table.count()];
  }

  /**
   * Sends until there is nothing left, the time is over or the end is asked for, and returns when
   * Kafka has acknowledged all that was sent.
   *
   * @param rate observations per second; 0 = without waiting
   * @throws IllegalStateException if Kafka refused a record
   */
  void run(String bootstrapServers, int rate, Duration limit, Signal stop)
      throws InterruptedException {
    try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(settings(bootstrapServers))) {
      firstNanos = System.nanoTime();
      boolean stopped = false;
      long passed = 0;
      while (sent < table.count()
          && passed < limit.toNanos()
          && !stopped
          && failure.get() == null) {
        long due = rate == 0 ? 0 : sent * NANOS_PER_SECOND / rate;
        if (due > passed) {
          stopped = stop.await(Duration.ofNanos(due - passed));
        } else {
          send(producer, sent++);
          stopped = stop.given();
        }
        passed = System.nanoTime() - firstNanos;
      }
      producer.flush();
      lastNanos = System.nanoTime();
    }
    @Nullable Exception refused = failure.get();
    if (refused != null) {
      throw new IllegalStateException("Kafka refused an observation: " + refused, refused);
    }
  }

  @SuppressWarnings("FutureReturnValueIgnored") // the callback is told of every failure
  private void send(KafkaProducer<byte[], byte[]> producer, int row) {
    Observation observation = Replay.observation(table, row, Instant.now());
    byte[] key = ObservationJson.encodeKey(observation);
    byte[] value = ObservationJson.encodeValue(observation);
    sentNanos[row] = System.nanoTime();
    producer.send(
        new ProducerRecord<>(topic, key, value),
        (metadata, exception) -> acknowledge(row, metadata, exception));
  }

  private void acknowledge(int row, RecordMetadata metadata, @Nullable Exception exception) {
    if (exception == null) {
      rows.put(new Coordinates(topic, metadata.partition(), metadata.offset()), row);
    } else {
      failure.compareAndSet(null, exception);
    }
  }

  private static Map<String, Object> settings(String bootstrapServers) {
    return Map.of(
        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
        ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class,
        ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
  }

  /** How many rows have been sent: the leading ones. */
  int sent() {
    return sent;
  }

  /** From the first record to the acknowledgement of the last. */
  Duration time() {
    return Duration.ofNanos(lastNanos - firstNanos);
  }

  /** Which row went there, if one did. */
  Optional<Integer> rowAt(Coordinates source) {
    return Optional.ofNullable(rows.get(source));
  }

  /** When the row was sent, in terms of {@link System#nanoTime}. */
  long sentNanos(int row) {
    return sentNanos[row];
  }
}
