package dev.elbow.benchmarks.reliability;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Sends a known input at a steady rate while everything around it dies. It loses and doubles
 * nothing itself: the producer is idempotent and outwaits the broker.
 */
final class Feed implements AutoCloseable {

  private static final int PER_TICK = 5;
  private static final Duration TICK = Duration.ofMillis(10);
  private static final int PATIENCE_MS = 600_000;

  private final KafkaProducer<byte[], byte[]> producer;
  private final String topic;
  private final KnownInput input;
  private final AtomicLongArray acknowledged = new AtomicLongArray(KnownInput.PARTITIONS);
  private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
  private final Thread thread = new Thread(this::send, "elbow-feed");
  private volatile boolean stopping;
  private long sent;

  private Feed(String bootstrapServers, String topic, KnownInput input) {
    this.topic = topic;
    this.input = input;
    producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "enable.idempotence",
                true,
                "max.block.ms",
                PATIENCE_MS,
                "delivery.timeout.ms",
                PATIENCE_MS,
                "linger.ms",
                20),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  static Feed start(String bootstrapServers, String topic, KnownInput input) {
    Feed feed = new Feed(bootstrapServers, topic, input);
    feed.thread.start();
    return feed;
  }

  private void send() {
    long due = System.nanoTime();
    while (!stopping) {
      for (int i = 0; i < PER_TICK; i++) {
        ProducerRecord<byte[], byte[]> record = input.next(topic);
        var unused = producer.send(record, this::acknowledge);
        sent++;
      }
      due += TICK.toNanos();
      LockSupport.parkNanos(due - System.nanoTime());
    }
  }

  private void acknowledge(@Nullable RecordMetadata where, @Nullable Exception failed) {
    if (failed != null) {
      failure.set(failed);
    } else if (where != null) {
      acknowledged.set(where.partition(), where.offset() + 1);
    }
  }

  /** By partition, the offset after the last record that the broker has. */
  long[] ends() {
    long[] ends = new long[acknowledged.length()];
    for (int p = 0; p < ends.length; p++) {
      ends[p] = acknowledged.get(p);
    }
    return ends;
  }

  /**
   * Sends no more.
   *
   * @return how many records the broker has taken
   * @throws IllegalStateException if one of them is not in the topic, or twice
   */
  long finish() throws InterruptedException {
    stopping = true;
    thread.join();
    producer.flush();
    long taken = 0;
    for (long end : ends()) {
      taken += end;
    }
    Exception failed = failure.get();
    if (failed != null || taken != sent) {
      throw new IllegalStateException(
          "the input is not what was to be sent: expected %d records, found %d"
              .formatted(sent, taken),
          failed);
    }
    return taken;
  }

  @Override
  public void close() {
    stopping = true;
    thread.interrupt();
    producer.close(Duration.ZERO);
  }
}
