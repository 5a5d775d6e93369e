package dev.elbow.cli;

import dev.elbow.detector.replay.TopicRecords;
import dev.elbow.event.Timestamps;
import dev.elbow.input.InvalidInputException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.kafka.common.TopicPartition;
import picocli.CommandLine.Option;

/** Which records of a topic are scored once more, and where the scores go. */
final class RangeOptions {

  /** A time of digits alone would be none that a person writes. */
  private static final Pattern OFFSET = Pattern.compile("\\d{1,18}");

  @Option(
      names = "--topic",
      paramLabel = "TOPIC",
      description = "A Kafka topic of observations, instead of files.")
  private Optional<String> topic = Optional.empty();

  @Option(
      names = "--from",
      paramLabel = "TIME|OFFSET",
      description =
          "First record, by its time, such as 2026-11-01T00:00:00Z, or its offset in each"
              + " partition. Default: the earliest retained.")
  private Optional<String> from = Optional.empty();

  @Option(
      names = "--to",
      paramLabel = "TIME|OFFSET",
      description = "Records before this. Default: up to the end as the reading begins.")
  private Optional<String> to = Optional.empty();

  @Option(
      names = "--partition",
      paramLabel = "N",
      description = "This partition alone. Default: all.")
  private Optional<Integer> partition = Optional.empty();

  @Option(
      names = "--output-topic",
      paramLabel = "TOPIC",
      description = "With --topic: where the scores go, marked as replay, instead of a file.")
  private Optional<String> outputTopic = Optional.empty();

  @Option(
      names = "--acknowledgements-topic",
      paramLabel = "TOPIC",
      description =
          "With --topic: acknowledgements to take between its records, as a detector does. Default:"
              + " none.")
  private Optional<String> acknowledgements = Optional.empty();

  /** The topic that is read, if one is. */
  Optional<String> topic() {
    return topic;
  }

  Optional<String> acknowledgements() {
    return acknowledgements;
  }

  Optional<String> outputTopic() {
    return outputTopic;
  }

  /** Whether any of these options is there that goes with a topic. */
  boolean given() {
    return topic.isPresent()
        || from.isPresent()
        || to.isPresent()
        || partition.isPresent()
        || acknowledgements.isPresent()
        || outputTopic.isPresent();
  }

  /**
   * Offsets of one partition.
   *
   * @param from the first
   * @param to the one after the last
   */
  record Range(TopicPartition partition, long from, long to) {}

  /**
   * The ranges that are asked for, as they are now; those that hold nothing are left out.
   *
   * @throws InvalidInputException if there is no such topic or partition
   */
  List<Range> ranges(TopicRecords records) {
    List<TopicPartition> all = records.partitions(topic.orElseThrow());
    List<TopicPartition> asked =
        all.stream()
            .filter(one -> partition.isEmpty() || partition.get() == one.partition())
            .toList();
    if (asked.isEmpty()) {
      throw new InvalidInputException(
          "--partition: expected a number from 0 to %d, found %d"
              .formatted(all.size() - 1, partition.orElseThrow()));
    }
    return asked.stream()
        .map(one -> range(records, one))
        .filter(range -> range.from() < range.to())
        .toList();
  }

  private Range range(TopicRecords records, TopicPartition one) {
    long first = records.first(one);
    long end = records.end(one);
    long low = from.map(text -> offset(records, one, "--from", text)).orElse(first);
    long high = to.map(text -> offset(records, one, "--to", text)).orElse(end);
    return new Range(one, Math.max(first, low), Math.min(end, high));
  }

  private static long offset(
      TopicRecords records, TopicPartition partition, String option, String text) {
    if (OFFSET.matcher(text).matches()) {
      return Long.parseLong(text);
    }
    return Timestamps.parse(text)
        .map(time -> records.at(partition, time))
        .orElseThrow(
            () ->
                new InvalidInputException(
                    "%s: expected a time such as 2026-11-01T00:00:00Z or an offset, found %s"
                        .formatted(option, text)));
  }
}
