package dev.elbow.detector;

import java.util.List;
import java.util.Optional;

/** The settings that name topics and say how they are read, in the order of the table. */
final class TopicKeys {

  static final ConfigKey<String> OBSERVATIONS =
      new ConfigKey<>(
          "topics.observations",
          ConfigRule.kafkaName(),
          "observations",
          "Where records come from.");

  static final ConfigKey<String> ANOMALIES =
      new ConfigKey<>(
          "topics.anomalies", ConfigRule.kafkaName(), "anomalies", "Where anomalies go.");

  static final ConfigKey<String> REJECTIONS =
      new ConfigKey<>(
          "topics.rejections",
          ConfigRule.kafkaName(),
          "rejections",
          "Where records go that cannot be scored.");

  static final ConfigKey<Optional<String>> EPISODES =
      new ConfigKey<>(
          "topics.episodes",
          ConfigRule.kafkaNameOrOff(),
          "episodes",
          "Where it is told when an episode of an entity begins, goes on and is over; off for"
              + " nowhere.");

  static final ConfigKey<Optional<String>> SCORES =
      new ConfigKey<>(
          "topics.scores",
          ConfigRule.kafkaNameOrNone(),
          "",
          "Where every score goes, if anywhere.");

  static final ConfigKey<Optional<String>> ACKNOWLEDGEMENTS =
      new ConfigKey<>(
          "topics.acknowledgements",
          ConfigRule.kafkaNameOrNone(),
          "",
          "Where it is read that somebody has acknowledged a shift, if anywhere. It needs as many"
              + " partitions as the observations have.");

  static final ConfigKey<Optional<String>> MODELS =
      new ConfigKey<>(
          "topics.models",
          ConfigRule.kafkaNameOrNone(),
          "",
          "Where bundles come from and when each is to score, if not from model.directory. It has one"
              + " partition and is compacted.");

  static final ConfigKey<Boolean> CREATE =
      new ConfigKey<>(
          "topics.create",
          ConfigRule.yesOrNo(),
          "false",
          "Whether missing topics are created at the start, with as many partitions as the"
              + " observations have (the models: one) and the broker's default replication. Otherwise"
              + " a missing topic is an error.");

  static final ConfigKey<OffsetReset> OFFSET_RESET =
      new ConfigKey<>(
          "auto.offset.reset",
          ConfigRule.oneOf(OffsetReset.class),
          "earliest",
          "Where a detector starts whose group has committed nothing yet.");

  /** All of them. */
  static final List<ConfigKey<?>> ALL =
      List.of(
          OBSERVATIONS,
          ANOMALIES,
          REJECTIONS,
          EPISODES,
          SCORES,
          ACKNOWLEDGEMENTS,
          MODELS,
          CREATE,
          OFFSET_RESET);

  private TopicKeys() {}

  /** Whose offset a new group starts with. */
  enum OffsetReset {
    EARLIEST,
    LATEST
  }
}
