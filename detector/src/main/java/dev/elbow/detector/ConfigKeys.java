package dev.elbow.detector;

import dev.elbow.detector.topology.DetectionSettings.UnknownEntities;
import dev.elbow.row.Window;
import dev.elbow.scoring.ObservedShare;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Every setting of the detector, in the order of the table in {@code docs/configuration.md}; those
 * of topics and of the operations port are in {@link TopicKeys} and {@link OpsKeys}.
 */
final class ConfigKeys {

  static final ConfigKey<String> BOOTSTRAP_SERVERS =
      new ConfigKey<>(
          "bootstrap.servers", ConfigRule.hostsAndPorts(), "", "Kafka brokers to begin with.");

  static final ConfigKey<String> APPLICATION_ID =
      new ConfigKey<>(
          "application.id",
          ConfigRule.kafkaName(),
          "elbow-detector",
          "Names the consumer group. Detectors that share it share the partitions; one with a new"
              + " name starts afresh.");

  static final ConfigKey<Optional<Path>> MODEL_DIRECTORY =
      new ConfigKey<>(
          "model.directory",
          ConfigRule.pathOrNone(),
          "",
          "The bundle, a directory or a zip. It is watched: a new bundle there is used without a"
              + " restart. Either this or topics.models.");

  static final ConfigKey<Duration> MODEL_POLL =
      new ConfigKey<>(
          "model.poll.ms",
          ConfigRule.milliseconds(10),
          "1000",
          "How often it is looked for a new bundle. It must lie unchanged for one such interval.");

  static final ConfigKey<Optional<Path>> MODEL_PUBLIC_KEY =
      new ConfigKey<>(
          "model.public.key",
          ConfigRule.pathOrNone(),
          "",
          "A public key of Ed25519 in PEM: bundles that are not signed with it are refused.");

  static final ConfigKey<Optional<String>> MODEL_PIN =
      new ConfigKey<>(
          "model.pin",
          ConfigRule.bundleIdOrNone(),
          "",
          "Only with topics.models: the bundle that scores everything, whatever is activated.");

  static final ConfigKey<Integer> MODEL_OPEN_MAX =
      new ConfigKey<>(
          "model.open.max",
          ConfigRule.wholeNumber(1, 1024),
          "16",
          "Only with topics.models: how many bundles may be open at a time, each with its networks."
              + " Others are opened again when a record needs them.");

  static final ConfigKey<InputFormat> INPUT_FORMAT =
      new ConfigKey<>(
          "input.format",
          ConfigRule.oneOf(InputFormat.class),
          "json",
          "How observations are written.");

  static final ConfigKey<String> INPUT_SCHEMA =
      new ConfigKey<>(
          "input.schema",
          ConfigRule.schemas(),
          "",
          "Only for avro: the schema of all records; or, for records in the Confluent wire format,"
              + " each schema with its id in the registry.");

  static final ConfigKey<Integer> OBSERVATION_MAX_BYTES =
      new ConfigKey<>(
          "observation.max.bytes",
          ConfigRule.wholeNumber(1, Integer.MAX_VALUE),
          "1048576",
          "A record with a larger value is rejected as oversized.");

  static final ConfigKey<Double> OBSERVED_FRACTION_MIN =
      new ConfigKey<>(
          "observed.fraction.min",
          ConfigRule.fraction(),
          Double.toString(ObservedShare.DEFAULT.least()),
          "Of the model's sensors, at least this share must be observed; otherwise the record is"
              + " rejected as too-few-sensors. At least one sensor must be in any case.");

  static final ConfigKey<UnknownEntities> UNKNOWN_ENTITIES =
      new ConfigKey<>(
          "unknown.entities",
          ConfigRule.oneOf(UnknownEntities.class),
          "score",
          "What becomes of an entity the model was not trained on. Both are counted.");

  static final ConfigKey<Integer> CONTRIBUTIONS =
      new ConfigKey<>(
          "anomaly.contributions",
          ConfigRule.wholeNumber(0, Integer.MAX_VALUE),
          "5",
          "How many sensors an anomaly or an episode names at most.");

  static final ConfigKey<Duration> EPISODE_GAP =
      new ConfigKey<>(
          "episode.gap.ms",
          ConfigRule.milliseconds(0),
          "60000",
          "An episode is over when its entity has been as usual for so long, in its own time,");

  static final ConfigKey<Integer> EPISODE_ROWS =
      new ConfigKey<>(
          "episode.gap.rows",
          ConfigRule.wholeNumber(1, 1_000_000),
          "10",
          "and for so many rows in a row.");

  static final ConfigKey<Duration> EPISODE_UPDATE =
      new ConfigKey<>(
          "episode.update.ms",
          ConfigRule.milliseconds(1),
          "3600000",
          "While an episode lasts, it is told of again after so much of its entity's time; and at"
              + " once when its peak is twice as far above the threshold, or SHIFT is raised.");

  static final ConfigKey<ProcessingGuarantee> PROCESSING_GUARANTEE =
      new ConfigKey<>(
          "processing.guarantee",
          ConfigRule.oneOf(ProcessingGuarantee.class),
          "exactly_once_v2",
          "With exactly_once_v2, each record has one outcome even if a detector is killed; readers"
              + " of the results must set isolation.level=read_committed.");

  static final ConfigKey<GroupProtocol> GROUP_PROTOCOL =
      new ConfigKey<>(
          "group.protocol",
          ConfigRule.oneOf(GroupProtocol.class),
          "classic",
          "How the detectors that share an application.id agree on who reads what: among"
              + " themselves, or by the broker, which needs Kafka 4.2 or newer and then decides how"
              + " long it waits for one that was killed (group.streams.session.timeout.ms, 45 s by"
              + " default). Stop all of them before you change it.");

  static final ConfigKey<Duration> SESSION_TIMEOUT =
      new ConfigKey<>(
          "session.timeout.ms",
          ConfigRule.milliseconds(1000),
          "10000",
          "How long the partitions of a detector that was killed, and its open transaction, wait for"
              + " another; and how long the brokers may be silent before a detector is not ready."
              + " Not less than the brokers' group.min.session.timeout.ms, 6 s by default.");

  static final ConfigKey<Path> STATE_DIR =
      new ConfigKey<>(
          "state.dir",
          ConfigRule.path(),
          "elbow-state",
          "A directory of its own on this machine. It should last: without it, what is known of the"
              + " entities is read from Kafka again, and values too large for the rejections topic"
              + " are kept there alone.");

  static final ConfigKey<Integer> HISTORY_ROWS =
      new ConfigKey<>(
          "history.rows",
          ConfigRule.wholeNumber(1, Window.MOST_ROWS),
          "128",
          "How many rows of an entity are kept if its model looks back; at least as many as the"
              + " model sees. More let a model with a longer window begin at once.");

  static final ConfigKey<Double> SILENCE_STEPS =
      new ConfigKey<>(
          "silence.after.steps",
          ConfigRule.atLeast(0),
          "10",
          "An entity is silent when it has not been heard of for so many of its usual steps; 0 for"
              + " never.");

  static final ConfigKey<Duration> SILENCE_LEAST =
      new ConfigKey<>(
          "silence.after.least.ms", ConfigRule.milliseconds(1000), "60000", "But not before this.");

  static final ConfigKey<Integer> FORGET_DAYS =
      new ConfigKey<>(
          "entity.forget.days",
          ConfigRule.wholeNumber(1, 36_500),
          "30",
          "An entity that is not heard of for so long is forgotten.");

  static final ConfigKey<Integer> HISTORY_MEMORY =
      new ConfigKey<>(
          "history.memory.bytes",
          ConfigRule.wholeNumber(1, Integer.MAX_VALUE),
          "67108864",
          "What the histories held in memory may take of the heap, all together. Those that do not"
              + " fit are read from disk when their entity is heard of.");

  static final ConfigKey<Integer> STREAM_THREADS =
      new ConfigKey<>(
          "num.stream.threads",
          ConfigRule.wholeNumber(1, 1024),
          "1",
          "How many threads share the partitions.");

  static final ConfigKey<Optional<Integer>> SCORING_THREADS =
      new ConfigKey<>(
          "scoring.threads",
          ConfigRule.wholeNumberOrAuto(0, 1024),
          "auto",
          "How many threads help the stream threads to score what is judged together, if that is"
              + " much; auto for as many as there are processors beyond num.stream.threads.");

  static final ConfigKey<Duration> COMMIT_INTERVAL =
      new ConfigKey<>(
          "commit.interval.ms",
          ConfigRule.milliseconds(1),
          "30",
          "How often results are committed; under exactly_once_v2 they can be read only then.");

  static final ConfigKey<Duration> PRODUCER_LINGER =
      new ConfigKey<>(
          "producer.linger.ms",
          ConfigRule.milliseconds(0),
          "5",
          "How long the producer waits for more to send at once.");

  static final ConfigKey<Integer> PACKING_RECORDS =
      new ConfigKey<>(
          "packing.records",
          ConfigRule.wholeNumber(1, 65_536),
          "512",
          "How many records of one partition are judged together at most, by one call of the"
              + " networks; as many as have come, none is waited for. With 1 each is judged"
              + " alone.");

  static final ConfigKey<Integer> PACKING_BYTES =
      new ConfigKey<>(
          "packing.bytes",
          ConfigRule.wholeNumber(1, Integer.MAX_VALUE),
          "4194304",
          "And how many bytes they may have together. A larger record is judged alone.");

  private static final List<ConfigKey<?>> FIRST = List.of(BOOTSTRAP_SERVERS, APPLICATION_ID);

  private static final List<ConfigKey<?>> OTHERS =
      List.of(
          MODEL_DIRECTORY,
          MODEL_POLL,
          MODEL_PUBLIC_KEY,
          MODEL_PIN,
          MODEL_OPEN_MAX,
          INPUT_FORMAT,
          INPUT_SCHEMA,
          OBSERVATION_MAX_BYTES,
          OBSERVED_FRACTION_MIN,
          UNKNOWN_ENTITIES,
          CONTRIBUTIONS,
          EPISODE_GAP,
          EPISODE_ROWS,
          EPISODE_UPDATE,
          PROCESSING_GUARANTEE,
          GROUP_PROTOCOL,
          SESSION_TIMEOUT,
          STATE_DIR,
          HISTORY_ROWS,
          HISTORY_MEMORY,
          SILENCE_STEPS,
          SILENCE_LEAST,
          FORGET_DAYS,
          STREAM_THREADS,
          SCORING_THREADS,
          COMMIT_INTERVAL,
          PRODUCER_LINGER,
          PACKING_RECORDS,
          PACKING_BYTES);

  /** All of them. */
  static final List<ConfigKey<?>> ALL =
      Stream.of(FIRST, TopicKeys.ALL, OTHERS, OpsKeys.ALL)
          .<ConfigKey<?>>flatMap(List::stream)
          .toList();

  private ConfigKeys() {}

  /** Whether Kafka's own clients are to be given this setting as it is. */
  static boolean passesThrough(String name) {
    return name.startsWith("ssl.") || name.startsWith("sasl.") || name.equals("security.protocol");
  }

  /** How observations are written. */
  enum InputFormat {
    JSON,
    AVRO
  }

  /** What Kafka Streams promises across a crash. */
  enum ProcessingGuarantee {
    EXACTLY_ONCE_V2,
    AT_LEAST_ONCE
  }

  /** Who assigns the partitions. */
  enum GroupProtocol {
    CLASSIC,
    STREAMS
  }
}
