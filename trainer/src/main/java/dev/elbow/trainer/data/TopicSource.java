package dev.elbow.trainer.data;

import dev.elbow.bundle.Lineage;
import dev.elbow.event.Coordinates;
import dev.elbow.event.DecodedRow;
import dev.elbow.event.ObservationFormat;
import dev.elbow.event.RowReader;
import dev.elbow.input.ClientRefusal;
import dev.elbow.input.InvalidInputException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The observations a topic holds between two times, up to its end at the moment the reading begins:
 * what is written meanwhile is not read, so the reading ends, and the offsets in the lineage name
 * the same rows ever after.
 *
 * <p>Times are those of the records, and mean what they mean to Kafka: from the first record that
 * is as late, up to the first that is. Only committed records are read, no consumer group is joined
 * and nothing is left behind on the broker. Rows are in the order of their own timestamps, then of
 * partition and offset; sensors are all names seen, in the order of the alphabet. A record that is
 * no observation is skipped and counted.
 */
public final class TopicSource implements SensorSource {

  private static final Duration POLL = Duration.ofMillis(200);

  private final Map<String, String> connection;
  private final String topic;
  private final ObservationFormat format;
  private final Optional<Instant> from;
  private final Optional<Instant> to;
  private final Duration patience;

  /**
   * @param connection Kafka client settings, {@code bootstrap.servers} and whatever security needs
   * @param format how its observations are written
   * @param from rows at or after this time; empty = from the earliest retained
   * @param to rows before this time; empty = up to the end
   * @param patience how long to wait for an answer of the broker, positive
   * @throws InvalidInputException if {@code from} is not before {@code to}
   */
  public TopicSource(
      Map<String, String> connection,
      String topic,
      ObservationFormat format,
      Optional<Instant> from,
      Optional<Instant> to,
      Duration patience) {
    if (from.isPresent() && to.isPresent() && !from.get().isBefore(to.get())) {
      throw new InvalidInputException(
          "topic %s: expected a time range, found from %s to %s"
              .formatted(topic, from.get(), to.get()));
    }
    this.connection = Map.copyOf(connection);
    this.topic = topic;
    this.format = format;
    this.from = from;
    this.to = to;
    this.patience = patience;
  }

  /**
   * {@inheritDoc}
   *
   * @throws InvalidInputException if the broker does not answer or refuses, there is no such topic,
   *     its range holds no observation, or records vanish while they are read
   */
  @Override
  public SensorTable read(ReadProgress progress) {
    try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(settings())) {
      OffsetRanges ranges = OffsetRanges.of(consumer, partitions(consumer), from, to, patience);
      if (ranges.isEmpty()) {
        throw new InvalidInputException(nothingThere(ranges));
      }
      ObservationRows rows = new ObservationRows();
      drain(consumer, ranges, rows, progress);
      if (rows.isEmpty()) {
        throw new InvalidInputException(noObservation(rows.skipped()));
      }
      return rows.toTable(new Lineage.Topic(topic, from, to, ranges.lineage(rows.countByPart())));
    } catch (InterruptException e) {
      throw e;
    } catch (TimeoutException e) {
      throw new InvalidInputException(
          "topic %s: no answer from %s within %d s; is it the right address, and is Kafka running?"
              .formatted(topic, bootstrap(), patience.toSeconds()),
          e);
    } catch (OffsetOutOfRangeException e) {
      throw new InvalidInputException(
          "topic %s: records were deleted while they were read, as its retention asks; read again"
              .formatted(topic),
          e);
    } catch (KafkaException e) {
      throw ClientRefusal.of("topic %s at %s cannot be read".formatted(topic, bootstrap()), e, "");
    }
  }

  private String bootstrap() {
    return connection.getOrDefault(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, "no bootstrap.servers");
  }

  private Map<String, Object> settings() {
    Map<String, Object> settings = new HashMap<>(connection);
    settings.remove(ConsumerConfig.GROUP_ID_CONFIG);
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    settings.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    return settings;
  }

  private List<TopicPartition> partitions(KafkaConsumer<byte[], byte[]> consumer) {
    List<TopicPartition> partitions =
        consumer.partitionsFor(topic, patience).stream()
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
    if (partitions.isEmpty()) {
      throw new InvalidInputException(
          "topic %s: there is no such topic at %s".formatted(topic, bootstrap()));
    }
    return partitions;
  }

  private String nothingThere(OffsetRanges ranges) {
    if (ranges.retained() == 0) {
      return "topic %s: it is empty".formatted(topic);
    }
    return "topic %s: no record from %s to %s among the %d it holds"
        .formatted(
            topic,
            from.map(Instant::toString).orElse("the beginning"),
            to.map(Instant::toString).orElse("the end"),
            ranges.retained());
  }

  private String noObservation(SkippedRows skipped) {
    return "topic %s: no observation in the range, %d records that are none%s"
        .formatted(
            topic,
            skipped.count(),
            skipped.examples().isEmpty() ? "" : ": " + String.join("; ", skipped.examples()));
  }

  /**
   * Reads every range to its end. The end is reached when the consumer's position is there, which
   * it also is when the last offsets hold nothing to read: compacted, aborted, or a transaction's
   * mark.
   */
  private void drain(
      KafkaConsumer<byte[], byte[]> consumer,
      OffsetRanges ranges,
      ObservationRows rows,
      ReadProgress progress) {
    RowReader reader = format.rows(rows.sensors());
    Set<TopicPartition> open = new HashSet<>(ranges.partitions());
    consumer.assign(open);
    open.forEach(partition -> consumer.seek(partition, ranges.from(partition)));
    long remaining = ranges.total();
    long lastStep = System.nanoTime();
    progress.read(0, ranges.total());
    while (!open.isEmpty()) {
      for (ConsumerRecord<byte[], byte[]> row : consumer.poll(POLL)) {
        if (row.offset() < ranges.to(new TopicPartition(row.topic(), row.partition()))) {
          DecodedRow decoded =
              reader.read(row.key(), row.value(), Instant.ofEpochMilli(row.timestamp()));
          rows.add(decoded, row.partition(), () -> coordinates(row));
        }
      }
      long before = remaining;
      remaining = open.stream().mapToLong(p -> ranges.remaining(p, consumer.position(p))).sum();
      progress.read(ranges.total() - remaining, ranges.total());
      if (open.removeIf(p -> ranges.remaining(p, consumer.position(p)) == 0)) {
        consumer.assign(open);
      }
      long now = System.nanoTime();
      lastStep = remaining < before ? now : lastStep;
      if (now - lastStep > patience.toNanos()) {
        throw new TimeoutException("no records within " + patience);
      }
    }
  }

  private static String coordinates(ConsumerRecord<?, ?> row) {
    return new Coordinates(row.topic(), row.partition(), row.offset()).toString();
  }
}
