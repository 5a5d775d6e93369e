package dev.elbow.trainer.data;

import dev.elbow.bundle.Lineage;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;

/** Which offsets of each partition of a topic are to be read, fixed before the first is. */
final class OffsetRanges {

  private record Range(long from, long to) {}

  private final Map<TopicPartition, Range> ranges =
      new TreeMap<>(Comparator.comparingInt(TopicPartition::partition));
  private final long retained;

  private OffsetRanges(Map<TopicPartition, Range> ranges, long retained) {
    this.ranges.putAll(ranges);
    this.retained = retained;
  }

  /**
   * Asks the broker.
   *
   * @throws org.apache.kafka.common.errors.TimeoutException if it does not answer within the
   *     patience
   */
  static OffsetRanges of(
      KafkaConsumer<?, ?> consumer,
      List<TopicPartition> partitions,
      Optional<Instant> from,
      Optional<Instant> to,
      Duration patience) {
    Map<TopicPartition, Long> first = consumer.beginningOffsets(partitions, patience);
    Map<TopicPartition, Long> end = consumer.endOffsets(partitions, patience);
    Map<TopicPartition, Long> low =
        from.map(time -> offsetsAt(consumer, time, end, patience)).orElse(first);
    Map<TopicPartition, Long> high =
        to.map(time -> offsetsAt(consumer, time, end, patience)).orElse(end);

    Map<TopicPartition, Range> ranges = new HashMap<>();
    long retained = 0;
    for (TopicPartition partition : partitions) {
      long last = end.getOrDefault(partition, 0L);
      long until = Math.min(high.getOrDefault(partition, last), last);
      ranges.put(partition, new Range(Math.min(low.getOrDefault(partition, until), until), until));
      retained += last - first.getOrDefault(partition, last);
    }
    return new OffsetRanges(ranges, retained);
  }

  /**
   * The first offset of a record as late, or the end where there is none. Kafka refuses to look for
   * times before 1970, when no record is.
   */
  private static Map<TopicPartition, Long> offsetsAt(
      KafkaConsumer<?, ?> consumer,
      Instant time,
      Map<TopicPartition, Long> end,
      Duration patience) {
    Map<TopicPartition, Long> times =
        end.keySet().stream()
            .collect(Collectors.toMap(p -> p, p -> Math.max(0, time.toEpochMilli())));
    Map<TopicPartition, Long> offsets = new HashMap<>(end);
    consumer
        .offsetsForTimes(times, patience)
        .forEach(
            (partition, found) ->
                Optional.ofNullable(found)
                    .map(OffsetAndTimestamp::offset)
                    .ifPresent(offset -> offsets.put(partition, offset)));
    return offsets;
  }

  /** Whether there is no offset to be read at all. */
  boolean isEmpty() {
    return total() == 0;
  }

  /** How many offsets the topic retains, in the ranges or not. */
  long retained() {
    return retained;
  }

  /** How many offsets there are to read. */
  long total() {
    return ranges.values().stream().mapToLong(range -> range.to() - range.from()).sum();
  }

  /** The partitions whose ranges are not empty. */
  Set<TopicPartition> partitions() {
    return ranges.keySet().stream()
        .filter(partition -> from(partition) < to(partition))
        .collect(Collectors.toUnmodifiableSet());
  }

  long from(TopicPartition partition) {
    return range(partition).from();
  }

  long to(TopicPartition partition) {
    return range(partition).to();
  }

  /** How many offsets of a partition are left to read from this position on. */
  long remaining(TopicPartition partition, long position) {
    return Math.max(0, to(partition) - position);
  }

  private Range range(TopicPartition partition) {
    return ranges.getOrDefault(partition, new Range(0, 0));
  }

  /** What the lineage says, given the rows taken from each partition; by partition number. */
  List<Lineage.PartitionRange> lineage(Map<Integer, Long> rows) {
    return ranges.keySet().stream()
        .map(
            partition ->
                new Lineage.PartitionRange(
                    partition.partition(),
                    from(partition),
                    to(partition),
                    rows.getOrDefault(partition.partition(), 0L)))
        .toList();
  }
}
