package dev.elbow.benchmarks.reliability;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads the results of a detector as they are committed, into a {@link Ledger}. */
final class OutcomeReader implements AutoCloseable {

  private static final Duration POLL = Duration.ofMillis(50);
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Topics topics;
  private final Ledger ledger = new Ledger();
  private final EpisodeLedger episodes = new EpisodeLedger();
  private final Latencies latencies = new Latencies();
  private final List<TopicPartition> partitions;
  private final Map<TopicPartition, Long> positions = new ConcurrentHashMap<>();
  private final Thread thread = new Thread(this::read, "elbow-outcomes");
  private volatile boolean stopping;

  private OutcomeReader(String bootstrapServers, Topics topics) {
    this.topics = topics;
    partitions = topics.written().stream().flatMap(OutcomeReader::partitionsOf).toList();
    consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "isolation.level",
                "read_committed",
                "auto.offset.reset",
                "earliest",
                "enable.auto.commit",
                false),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    consumer.assign(partitions);
  }

  private static Stream<TopicPartition> partitionsOf(String topic) {
    return IntStream.range(0, KnownInput.PARTITIONS).mapToObj(p -> new TopicPartition(topic, p));
  }

  static OutcomeReader start(String bootstrapServers, Topics topics) {
    OutcomeReader reader = new OutcomeReader(bootstrapServers, topics);
    reader.thread.start();
    return reader;
  }

  private void read() {
    try (consumer) {
      while (!stopping) {
        consumer.poll(POLL).forEach(this::take);
        for (TopicPartition partition : partitions) {
          positions.put(partition, consumer.position(partition));
        }
      }
    } catch (WakeupException e) {
      // closed while it waited for a broker
    }
  }

  /** A score has the time at which its observation was sent; the end of an episode is older. */
  private void take(ConsumerRecord<byte[], byte[]> record) {
    if (record.topic().equals(topics.scores())) {
      latencies.add(System.currentTimeMillis() - record.timestamp());
    }
    Outcome.of(record, topics).ifPresent(ledger::add);
    episodes.add(record, topics);
  }

  EpisodeLedger episodes() {
    return episodes;
  }

  /** How long it took from sending a record to reading its score. */
  Latencies latencies() {
    return latencies;
  }

  Ledger ledger() {
    return ledger;
  }

  /**
   * Waits until all has been read that is in the topics at this moment, open transactions, which
   * the broker ends in time, included.
   */
  void readToEnd(Admin admin) throws InterruptedException, ExecutionException {
    Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
    partitions.forEach(partition -> latest.put(partition, OffsetSpec.latest()));
    var ends = admin.listOffsets(latest).all().get();
    boolean read =
        Await.until(
            PATIENCE,
            () ->
                ends.entrySet().stream()
                    .allMatch(
                        end ->
                            positions.getOrDefault(end.getKey(), 0L) >= end.getValue().offset()));
    if (!read) {
      throw new IllegalStateException(
          "the results could not be read to their end within %d s".formatted(PATIENCE.toSeconds()));
    }
  }

  @Override
  public void close() {
    stopping = true;
    consumer.wakeup();
  }
}
