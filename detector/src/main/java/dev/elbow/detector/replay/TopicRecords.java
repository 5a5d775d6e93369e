package dev.elbow.detector.replay;

import dev.elbow.input.ClientRefusal;
import dev.elbow.input.InvalidInputException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The committed records of topics, read by offset. No consumer group is joined and nothing is left
 * behind on the broker. For use by one thread.
 */
public final class TopicRecords implements AutoCloseable {

  private static final Duration POLL = Duration.ofMillis(200);

  /**
   * A read that has come to its end has asked for more already, and the next waits for the answer.
   */
  private static final int ANSWER_MILLIS = 20;

  private final String bootstrap;
  private final Duration patience;
  private final KafkaConsumer<byte[], byte[]> consumer;

  private TopicRecords(
      String bootstrap, Duration patience, KafkaConsumer<byte[], byte[]> consumer) {
    this.bootstrap = bootstrap;
    this.patience = patience;
    this.consumer = consumer;
  }

  /**
   * Readies a reader; no broker is asked yet.
   *
   * @param connection Kafka client settings, {@code bootstrap.servers} and whatever security needs
   * @param patience how long to wait for an answer of the brokers, positive
   * @throws InvalidInputException if the settings cannot be used
   */
  public static TopicRecords open(Map<String, String> connection, Duration patience) {
    String bootstrap =
        connection.getOrDefault(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, "no bootstrap.servers");
    Map<String, Object> settings = new HashMap<>(connection);
    settings.remove(ConsumerConfig.GROUP_ID_CONFIG);
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, ANSWER_MILLIS);
    try {
      return new TopicRecords(
          bootstrap,
          patience,
          new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer()));
    } catch (KafkaException e) {
      throw ClientRefusal.of("Kafka at %s cannot be read".formatted(bootstrap), e, "");
    }
  }

  /**
   * The partitions of a topic, in order.
   *
   * @throws InvalidInputException if there is no such topic, no broker answers or it refuses
   */
  public List<TopicPartition> partitions(String topic) {
    List<PartitionInfo> found = ask(topic, () -> consumer.partitionsFor(topic, patience));
    if (found.isEmpty()) {
      throw new InvalidInputException(
          "topic %s: there is no such topic at %s".formatted(topic, bootstrap));
    }
    return found.stream()
        .map(info -> new TopicPartition(topic, info.partition()))
        .sorted((a, b) -> Integer.compare(a.partition(), b.partition()))
        .toList();
  }

  /**
   * A partition of a topic.
   *
   * @throws InvalidInputException if there is none, no broker answers or it refuses
   */
  public TopicPartition partition(String topic, int number) {
    List<TopicPartition> all = partitions(topic);
    if (number >= all.size()) {
      throw new InvalidInputException(
          "topic %s: expected a partition %d, found partitions 0 to %d"
              .formatted(topic, number, all.size() - 1));
    }
    return all.get(number);
  }

  /** The offset of the earliest record that is retained; the end if none is. */
  public long first(TopicPartition partition) {
    return ask(
        partition.topic(),
        () -> consumer.beginningOffsets(List.of(partition), patience).getOrDefault(partition, 0L));
  }

  /** The offset after the last committed record. */
  public long end(TopicPartition partition) {
    return ask(
        partition.topic(),
        () -> consumer.endOffsets(List.of(partition), patience).getOrDefault(partition, 0L));
  }

  /** The offset of the first record as late as that; the end if there is none. */
  public long at(TopicPartition partition, Instant time) {
    Map<TopicPartition, Long> when = Map.of(partition, Math.max(0, time.toEpochMilli()));
    Optional<OffsetAndTimestamp> found =
        ask(
            partition.topic(),
            () -> Optional.ofNullable(consumer.offsetsForTimes(when, patience).get(partition)));
    return found.map(OffsetAndTimestamp::offset).orElseGet(() -> end(partition));
  }

  /**
   * Reads records in the order of their offsets.
   *
   * @param from the first offset
   * @param to the offset after the last
   * @param batch takes those of one poll, at least one
   * @throws InvalidInputException if the brokers stop answering, or records vanish while they are
   *     read
   */
  public void read(
      TopicPartition partition,
      long from,
      long to,
      Consumer<List<ConsumerRecord<byte[], byte[]>>> batch) {
    if (from >= to) {
      return;
    }
    ask(
        partition.topic(),
        () -> {
          consumer.assign(List.of(partition));
          consumer.seek(partition, from);
          drain(partition, to, batch);
          return true;
        });
  }

  /** The position passes offsets that hold nothing to read: compacted, aborted, a mark. */
  private void drain(
      TopicPartition partition, long to, Consumer<List<ConsumerRecord<byte[], byte[]>>> batch) {
    long lastStep = System.nanoTime();
    long position = consumer.position(partition, patience);
    while (position < to) {
      List<ConsumerRecord<byte[], byte[]>> records =
          consumer.poll(POLL).records(partition).stream()
              .filter(record -> record.offset() < to)
              .toList();
      if (!records.isEmpty()) {
        batch.accept(records);
      }
      long next = consumer.position(partition, patience);
      long now = System.nanoTime();
      if (next > position) {
        lastStep = now;
        position = next;
      } else if (now - lastStep > patience.toNanos()) {
        throw new TimeoutException("no records within " + patience);
      }
    }
  }

  private <T> T ask(String topic, Supplier<T> question) {
    try {
      return question.get();
    } catch (InterruptException e) {
      throw e;
    } catch (TimeoutException e) {
      throw new InvalidInputException(
          "topic %s: no answer from %s within %d s; is it the right address, and is Kafka running?"
              .formatted(topic, bootstrap, patience.toSeconds()),
          e);
    } catch (OffsetOutOfRangeException e) {
      throw new InvalidInputException(
          "topic %s: records were deleted while they were read, as its retention asks; try again"
              .formatted(topic),
          e);
    } catch (KafkaException e) {
      throw ClientRefusal.of("topic %s at %s cannot be read".formatted(topic, bootstrap), e, "");
    }
  }

  @Override
  public void close() {
    consumer.close();
  }
}
