package dev.elbow.detector;

import dev.elbow.bundle.TrustedKey;
import dev.elbow.detector.ConfigKeys.GroupProtocol;
import dev.elbow.detector.ConfigKeys.ProcessingGuarantee;
import dev.elbow.detector.TopicKeys.OffsetReset;
import dev.elbow.detector.entity.EntitySettings;
import dev.elbow.detector.entity.SilenceRule;
import dev.elbow.detector.episode.EpisodeRule;
import dev.elbow.detector.metrics.OpsSettings;
import dev.elbow.detector.packing.PackingSettings;
import dev.elbow.detector.topology.DetectionSettings;
import dev.elbow.detector.topology.Topics;
import dev.elbow.input.InvalidInputException;
import dev.elbow.scoring.ObservedShare;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The settings of a detector, all of them valid.
 *
 * <p>{@code docs/configuration.md} lists the keys. Its text form names the settings that are passed
 * on to Kafka's clients without their values, which may be secrets, and shows no secret of its own.
 */
public final class DetectorConfig {

  private final ConfigReader values;

  private DetectorConfig(ConfigReader values) {
    this.values = values;
  }

  /**
   * Reads the settings; an option on the command line wins over an environment variable, and that
   * over the file.
   *
   * @param file a Java properties file in UTF-8
   * @param environment {@code ELBOW_} and the key in upper case with underscores for dots; others
   *     are not looked at
   * @param options by the names of the keys
   * @throws InvalidInputException if anything is wrong; the message has a line for each error, in
   *     the form {@code key: rule; found: value}
   */
  public static DetectorConfig read(
      Optional<Path> file, Map<String, String> environment, Map<String, String> options) {
    return new DetectorConfig(new ConfigReader(new ConfigSources(file, environment, options)));
  }

  /** How records are judged. */
  public DetectionSettings detection() {
    return new DetectionSettings(
        topics(),
        values.inputFormat(),
        values.get(ConfigKeys.OBSERVATION_MAX_BYTES),
        new ObservedShare(values.get(ConfigKeys.OBSERVED_FRACTION_MIN)),
        values.get(ConfigKeys.UNKNOWN_ENTITIES),
        new EntitySettings(
            values.get(ConfigKeys.HISTORY_ROWS),
            new SilenceRule(
                values.get(ConfigKeys.SILENCE_STEPS),
                values.get(ConfigKeys.SILENCE_LEAST),
                Duration.ofDays(values.get(ConfigKeys.FORGET_DAYS)))),
        values.get(ConfigKeys.CONTRIBUTIONS));
  }

  /** When an episode is over, and how often it is told of. */
  public EpisodeRule episodes() {
    return new EpisodeRule(
        values.get(ConfigKeys.EPISODE_GAP),
        values.get(ConfigKeys.EPISODE_ROWS),
        values.get(ConfigKeys.EPISODE_UPDATE),
        values.get(ConfigKeys.CONTRIBUTIONS));
  }

  /** The topics that are read and written. */
  public Topics topics() {
    return new Topics(
        values.get(TopicKeys.OBSERVATIONS),
        values.get(TopicKeys.ANOMALIES),
        values.get(TopicKeys.REJECTIONS),
        values.get(TopicKeys.EPISODES),
        values.get(TopicKeys.SCORES),
        values.get(TopicKeys.ACKNOWLEDGEMENTS));
  }

  /** Where the bundle lies; empty if bundles come by {@link #modelsTopic}. */
  public Optional<Path> modelDirectory() {
    return values.get(ConfigKeys.MODEL_DIRECTORY);
  }

  /** Who must have signed it; empty: signed or not, by whomever. */
  Optional<TrustedKey> modelSigner() {
    return values.modelSigner();
  }

  /** Where bundles come by; empty if there is a {@link #modelDirectory}. */
  Optional<String> modelsTopic() {
    return values.get(TopicKeys.MODELS);
  }

  /** The bundle that scores whatever the models topic activates, if there is one. */
  Optional<String> pinnedModel() {
    return values.get(ConfigKeys.MODEL_PIN);
  }

  int mostOpenModels() {
    return values.get(ConfigKeys.MODEL_OPEN_MAX);
  }

  String bootstrapServers() {
    return values.get(ConfigKeys.BOOTSTRAP_SERVERS);
  }

  String applicationId() {
    return values.get(ConfigKeys.APPLICATION_ID);
  }

  boolean createTopics() {
    return values.get(TopicKeys.CREATE);
  }

  OffsetReset offsetReset() {
    return values.get(TopicKeys.OFFSET_RESET);
  }

  Duration modelPollInterval() {
    return values.get(ConfigKeys.MODEL_POLL);
  }

  ProcessingGuarantee processingGuarantee() {
    return values.get(ConfigKeys.PROCESSING_GUARANTEE);
  }

  GroupProtocol groupProtocol() {
    return values.get(ConfigKeys.GROUP_PROTOCOL);
  }

  /**
   * How long the partitions of a detector that was killed wait for another: Kafka's default is 45
   * s, long for somebody who waits for an alarm. A needless change of hands costs little: the state
   * of an entity is some kilobytes.
   */
  Duration sessionTimeout() {
    return values.get(ConfigKeys.SESSION_TIMEOUT);
  }

  Path stateDirectory() {
    return values.get(ConfigKeys.STATE_DIR);
  }

  long historyMemoryBytes() {
    return values.get(ConfigKeys.HISTORY_MEMORY);
  }

  int streamThreads() {
    return values.get(ConfigKeys.STREAM_THREADS);
  }

  /** How many threads score beside the stream threads, at least 0. */
  int scoringThreads() {
    int beyond = Runtime.getRuntime().availableProcessors() - streamThreads();
    return values.get(ConfigKeys.SCORING_THREADS).orElse(Math.max(0, beyond));
  }

  Duration commitInterval() {
    return values.get(ConfigKeys.COMMIT_INTERVAL);
  }

  Duration producerLinger() {
    return values.get(ConfigKeys.PRODUCER_LINGER);
  }

  /** What is judged together. */
  PackingSettings packing() {
    return new PackingSettings(
        values.get(ConfigKeys.PACKING_RECORDS),
        values.get(ConfigKeys.PACKING_BYTES),
        topics().observations(),
        topics().acknowledgements());
  }

  /** Where and to whom metrics and health are served. */
  OpsSettings ops() {
    return values.ops();
  }

  /** {@code ssl.*}, {@code sasl.*} and {@code security.protocol}, secrets among them. */
  Map<String, String> security() {
    return values.security();
  }

  @Override
  public String toString() {
    Map<String, String> shown = new TreeMap<>();
    ConfigKeys.ALL.forEach(key -> shown.put(key.name(), String.valueOf(values.get(key))));
    security().keySet().forEach(name -> shown.put(name, "[hidden]"));
    return shown.toString();
  }
}
