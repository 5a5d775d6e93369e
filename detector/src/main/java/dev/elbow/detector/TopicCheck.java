package dev.elbow.detector;

import dev.elbow.detector.entity.EntityStores;
import dev.elbow.detector.episode.EpisodeStore;
import dev.elbow.detector.topology.Topics;
import dev.elbow.input.ClientRefusal;
import dev.elbow.input.InvalidInputException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds out before the start whether the topics are there and what they take. */
final class TopicCheck implements AutoCloseable {

  /** What the headers of a rejection may add to a record, with room to spare. */
  static final int REJECTION_HEADROOM_BYTES = 1 << 14;

  /** Kafka's default of {@code max.message.bytes}. */
  private static final int DEFAULT_MAX_BYTES = 1_048_588;

  private static final Map<String, String> COMPACT =
      Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT);

  private static final Logger LOG = LoggerFactory.getLogger(TopicCheck.class);

  private final Admin admin;
  private final DetectorConfig config;
  private final Topics topics;
  private final Duration timeout;

  /**
   * @param timeout how long to wait for an answer of the brokers before saying so and asking again
   */
  TopicCheck(DetectorConfig config, Duration timeout) {
    this.config = config;
    this.topics = config.topics();
    this.timeout = timeout;
    try {
      this.admin = Admin.create(KafkaSettings.admin(config));
    } catch (KafkaException e) {
      throw ClientRefusal.of(
          "bootstrap.servers, security.protocol, ssl.*, sasl.*: Kafka's client refuses them",
          e,
          "");
    }
  }

  /**
   * Makes sure of the topics; creates those that are missing if the settings say so.
   *
   * @return the largest record the rejections topic takes, in bytes
   * @throws InvalidInputException if a topic is missing and not to be created, acknowledgements,
   *     models or what is known of the entities are not as they must be, or the brokers refuse to
   *     answer
   */
  int check() {
    List<String> missing = missing();
    if (!missing.isEmpty() && !config.createTopics()) {
      throw new InvalidInputException(
          "topics: %s missing at %s; create %s, or set topics.create=true"
              .formatted(
                  String.join(", ", missing),
                  config.bootstrapServers(),
                  missing.size() == 1 ? "it" : "them"));
    }
    checkChangelogs();
    topics.acknowledgements().ifPresent(this::checkAcknowledgements);
    config.modelsTopic().ifPresent(this::checkModels);
    int read =
        missing.contains(topics.observations())
            ? DEFAULT_MAX_BYTES
            : maxBytes(topics.observations());
    int accepted =
        missing.contains(topics.rejections()) ? withHeadroom(read) : maxBytes(topics.rejections());
    create(missing, accepted);
    if (accepted < read) {
      LOG.warn(
          "Topic {} takes records of {} bytes, {} of {}: rejected records that do not fit are kept"
              + " on this machine; set max.message.bytes of {} to at least {}",
          topics.rejections(),
          accepted,
          topics.observations(),
          read,
          topics.rejections(),
          withHeadroom(read));
    }
    return accepted;
  }

  @Override
  public void close() {
    admin.close(timeout);
  }

  private List<String> missing() {
    List<String> missing = new ArrayList<>();
    Stream.concat(topics.all().stream(), config.modelsTopic().stream())
        .filter(topic -> description(topic).isEmpty())
        .forEach(missing::add);
    return missing;
  }

  /**
   * The changelogs are made at the first start, or have been made for this application before;
   * either way they must fit.
   */
  private void checkChangelogs() {
    List<String> changelogs = changelogs();
    int wanted = partitions(topics.observations()).orElse(0);
    for (String changelog : changelogs) {
      int found = partitions(changelog).orElse(wanted);
      if (found != wanted) {
        throw new InvalidInputException(
            ("topics: %s has %d partitions, %s has %d, so what is known of the entities is not where"
                    + " they are; stop all detectors, delete %s and what is below state.dir, and"
                    + " start again: every entity then warms up once more")
                .formatted(
                    changelog,
                    found,
                    topics.observations(),
                    wanted,
                    String.join(" and ", changelogs)));
      }
      String policy = cleanupPolicy(changelog);
      if (!policy.equals(TopicConfig.CLEANUP_POLICY_COMPACT)) {
        throw new InvalidInputException(
            "topics: %s must not forget the entities; set its cleanup.policy to compact; found: %s"
                .formatted(changelog, policy));
      }
    }
  }

  private List<String> changelogs() {
    List<String> changelogs = new ArrayList<>(EntityStores.changelogs(config.applicationId()));
    topics
        .episodes()
        .ifPresent(on -> changelogs.add(EpisodeStore.changelog(config.applicationId())));
    return changelogs;
  }

  /** Each task has a partition of both; a topic that is missing will be made to fit. */
  private void checkAcknowledgements(String acknowledgements) {
    int wanted = partitions(topics.observations()).or(() -> partitions(acknowledgements)).orElse(0);
    int found = partitions(acknowledgements).orElse(wanted);
    if (found != wanted) {
      throw new InvalidInputException(
          ("topics: %s has %d partitions, %s has %d, so an acknowledgement would not come to where"
                  + " its entity is; delete %s and create it with %d")
              .formatted(
                  acknowledgements,
                  found,
                  topics.observations(),
                  wanted,
                  acknowledgements,
                  wanted));
    }
  }

  /** Activations have an order, and neither they nor bundles may expire. */
  private void checkModels(String models) {
    int found = partitions(models).orElse(1);
    if (found != 1) {
      throw new InvalidInputException(
          "topics: %s must have one partition, for activations have an order; found: %d"
              .formatted(models, found));
    }
    String policy = cleanupPolicy(models);
    if (!policy.equals(TopicConfig.CLEANUP_POLICY_COMPACT)) {
      throw new InvalidInputException(
          "topics: %s must not forget the models; set its cleanup.policy to compact; found: %s"
              .formatted(models, policy));
    }
  }

  /** As it will be if the topic is not there yet. */
  private String cleanupPolicy(String compacted) {
    return description(compacted)
        .flatMap(there -> setting(compacted, TopicConfig.CLEANUP_POLICY_CONFIG))
        .orElse(TopicConfig.CLEANUP_POLICY_COMPACT);
  }

  private Optional<Integer> partitions(String topic) {
    return description(topic).map(description -> description.partitions().size());
  }

  /** With as many partitions as what is read has, if that was there before. */
  private void create(List<String> missing, int largestRejection) {
    Optional<Integer> partitions =
        topics.read().stream().flatMap(topic -> partitions(topic).stream()).findFirst();
    for (String topic : missing) {
      NewTopic wanted =
          isModels(topic)
              ? new NewTopic(topic, Optional.of(1), Optional.empty()).configs(COMPACT)
              : new NewTopic(topic, partitions, Optional.empty())
                  .configs(settings(topic, largestRejection));
      answer(() -> admin.createTopics(List.of(wanted)).all(), TopicExistsException.class);
      LOG.info("Topic {} created", topic);
    }
  }

  private boolean isModels(String topic) {
    return config.modelsTopic().equals(Optional.of(topic));
  }

  private Map<String, String> settings(String topic, int largestRejection) {
    return topic.equals(topics.rejections())
        ? Map.of(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(largestRejection))
        : Map.of();
  }

  /** Empty if there is no such topic. */
  private Optional<TopicDescription> description(String topic) {
    return answer(
            () -> admin.describeTopics(List.of(topic)).allTopicNames(),
            UnknownTopicOrPartitionException.class)
        .map(described -> described.get(topic));
  }

  private int maxBytes(String topic) {
    Optional<Integer> found =
        setting(topic, TopicConfig.MAX_MESSAGE_BYTES_CONFIG).map(Integer::valueOf);
    if (found.isEmpty()) {
      LOG.warn(
          "Topic {}: not allowed to read its settings; taking max.message.bytes to be {}",
          topic,
          DEFAULT_MAX_BYTES);
    }
    return found.orElse(DEFAULT_MAX_BYTES);
  }

  /** Empty if its settings may not be read. */
  private Optional<String> setting(String topic, String name) {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    return answer(
            () -> admin.describeConfigs(List.of(resource)).all(), AuthorizationException.class)
        .map(settings -> settings.get(resource))
        .map(settings -> settings.get(name))
        .map(ConfigEntry::value);
  }

  private static int withHeadroom(int bytes) {
    return (int) Math.min(Integer.MAX_VALUE, (long) bytes + REJECTION_HEADROOM_BYTES);
  }

  /** The answer, or none if it is an error of the given kind; asks until there is one. */
  private <T> Optional<T> answer(
      Supplier<KafkaFuture<T>> question, Class<? extends RuntimeException> expected) {
    while (true) {
      try {
        return Optional.ofNullable(question.get().get(timeout.toMillis(), TimeUnit.MILLISECONDS));
      } catch (InterruptedException e) {
        throw new InterruptException(e); // restores the interrupt flag
      } catch (TimeoutException e) {
        sayThatNobodyAnswers("not within " + timeout.toSeconds() + " s");
      } catch (ExecutionException e) {
        if (expected.isInstance(e.getCause())) {
          return Optional.empty();
        }
        if (!(e.getCause() instanceof RetriableException)) {
          throw ClientRefusal.of(
              "bootstrap.servers: %s refuse to tell of the topics"
                  .formatted(config.bootstrapServers()),
              e,
              "; do the security settings fit?");
        }
        sayThatNobodyAnswers(rootMessage(e));
      }
    }
  }

  private void sayThatNobodyAnswers(String why) {
    LOG.warn("No broker answers at {}: {}; asking again", config.bootstrapServers(), why);
  }

  private static String rootMessage(Throwable thrown) {
    Throwable root = root(thrown);
    return root.getMessage() == null ? root.toString() : root.getMessage();
  }

  private static Throwable root(Throwable thrown) {
    return thrown.getCause() == null ? thrown : root(thrown.getCause());
  }
}
