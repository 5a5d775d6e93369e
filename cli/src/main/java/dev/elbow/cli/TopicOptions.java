package dev.elbow.cli;

import dev.elbow.event.ObservationFormat;
import dev.elbow.event.Timestamps;
import dev.elbow.input.InvalidInputException;
import dev.elbow.trainer.data.SensorTable;
import dev.elbow.trainer.data.SkippedRows;
import dev.elbow.trainer.data.TopicSource;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which stretch of a topic is read. */
final class TopicOptions {

  private static final Duration PATIENCE = Duration.ofSeconds(15);

  @Option(
      names = "--topic",
      paramLabel = "TOPIC",
      description = "A Kafka topic of observations, instead of files.")
  private Optional<String> topic = Optional.empty();

  @Option(
      names = "--from",
      paramLabel = "TIME",
      description =
          "First record time, such as 2026-11-01T00:00:00Z. Default: the earliest retained.")
  private Optional<String> from = Optional.empty();

  @Option(
      names = "--to",
      paramLabel = "TIME",
      description = "Records before this time. Default: up to the end as the reading begins.")
  private Optional<String> to = Optional.empty();

  boolean given() {
    return topic.isPresent();
  }

  /** Whether a part of the topic is asked for. */
  boolean rangeGiven() {
    return from.isPresent() || to.isPresent();
  }

  /** Reads the stretch into a table, showing how far it has come, and says what was skipped. */
  SensorTable read(Map<String, String> connection, ObservationFormat format) {
    TopicSource source =
        new TopicSource(
            connection,
            topic.orElseThrow(),
            format,
            time("--from", from),
            time("--to", to),
            PATIENCE);
    try (Progress progress = Progress.start("reading " + topic.orElseThrow(), 100)) {
      SensorTable table =
          source.read((done, total) -> progress.at(total == 0 ? 100 : done * 100 / total, ""));
      warnOfSkipped(table.skipped());
      return table;
    }
  }

  private static Optional<Instant> time(String option, Optional<String> text) {
    return text.map(
        value ->
            Timestamps.parse(value)
                .orElseThrow(
                    () ->
                        new InvalidInputException(
                            "%s: expected a time such as 2026-11-01T00:00:00Z, found %s"
                                .formatted(option, value))));
  }

  /** Says on standard error what a source held besides. */
  static void warnOfSkipped(SkippedRows skipped) {
    if (skipped.count() > 0) {
      System.err.printf("skipped %,d records: %s%n", skipped.count(), skipped.byReason());
      skipped.examples().forEach(example -> System.err.println("  " + example));
    }
  }
}
