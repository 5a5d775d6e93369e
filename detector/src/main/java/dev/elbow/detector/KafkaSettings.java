package dev.elbow.detector;

import dev.elbow.detector.ConfigKeys.GroupProtocol;
import dev.elbow.detector.packing.PackingSettings;
import dev.elbow.detector.packing.RecordPacker;
import dev.elbow.detector.packing.RecordTime;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.DefaultProductionExceptionHandler;
import org.apache.kafka.streams.errors.LogAndFailExceptionHandler;
import org.apache.kafka.streams.errors.LogAndFailProcessingExceptionHandler;

/** The detector's settings as Kafka's clients take them. */
final class KafkaSettings {

  /** Kafka's own default of {@code max.request.size}; a smaller one helps nobody. */
  private static final int LEAST_REQUEST_BYTES = 1 << 20;

  /** What a request has around its records. */
  private static final int REQUEST_OVERHEAD_BYTES = 1 << 14;

  /** A producer waits for memory, so it must have enough for the largest request several times. */
  private static final int REQUESTS_IN_MEMORY = 4;

  private static final long LEAST_BUFFER_BYTES = 32L << 20;

  /** Kafka's own relation: a session outlives two heartbeats that are lost. */
  private static final int HEARTBEATS_IN_A_SESSION = 3;

  /**
   * The least that Kafka Streams allows; its default is ten minutes. A detector that has joined has
   * no share until its copy of the state is nearly as far as the owner's (10,000 records of the
   * changelogs), and whether it is, is looked at so often.
   */
  private static final int PROBING_MS = 60_000;

  /** Kafka Streams demands that a commit comes before the transaction ends. */
  private static final int COMMITS_IN_A_TRANSACTION = 2;

  /** The default of Kafka Streams. */
  private static final int LEAST_POLL_RECORDS = 1000;

  /** A poll costs some 50 µs, whatever it brings. */
  private static final int FRAMES_IN_A_POLL = 4;

  /**
   * How many frames of a partition wait to be processed before no more are read. It bounds what
   * they take of the heap; the default, 1000, is meant for single records.
   */
  private static final int FRAMES_AHEAD = 8;

  /**
   * A frame of wide records, where Kafka's default is a fourth of it: a stream thread reads nothing
   * while it judges, so at the end of a fetch it waits for the next. A partition takes as much of
   * the heap at most, beside its frames.
   */
  private static final int FETCH_BYTES = 4 << 20;

  /**
   * The size of the socket's buffer is left to the operating system, which lets it grow; Kafka's
   * default, 64 KiB, makes the broker stop and wait for the stream thread within every fetch.
   */
  private static final int SYSTEMS_OWN = -1;

  /** Kafka's default, a second, warns as often of a broker that is not there. */
  private static final int ADMIN_BACKOFF_MAX_MS = 10_000;

  private KafkaSettings() {}

  /** For a client that asks about topics. */
  static Map<String, Object> admin(DetectorConfig config) {
    Map<String, Object> settings = new HashMap<>(config.security());
    settings.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, config.bootstrapServers());
    settings.put(CommonClientConfigs.CLIENT_ID_CONFIG, config.applicationId() + "-admin");
    settings.put(CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG, ADMIN_BACKOFF_MAX_MS);
    return settings;
  }

  /** For who reads the models topic: all of it, in no group. */
  static Map<String, Object> models(DetectorConfig config) {
    Map<String, Object> settings = new HashMap<>(config.security());
    settings.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, config.bootstrapServers());
    settings.put(CommonClientConfigs.CLIENT_ID_CONFIG, config.applicationId() + "-models");
    settings.put(CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG, ADMIN_BACKOFF_MAX_MS);
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    return settings;
  }

  /**
   * For the stream.
   *
   * <p>The three exception handlers fail on purpose: what a record can do wrong has become a
   * rejection before they are asked, so whatever reaches them is a broker's fault or ours, and
   * going on would lose a record.
   *
   * @param largestRecord in bytes, what the rejections topic takes; the producer must take it, too
   */
  static Properties streams(DetectorConfig config, int largestRecord) {
    Properties settings = new Properties();
    settings.putAll(config.security());
    settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, config.bootstrapServers());
    settings.put(StreamsConfig.APPLICATION_ID_CONFIG, config.applicationId());
    settings.put(
        StreamsConfig.PROCESSING_GUARANTEE_CONFIG,
        config.processingGuarantee().name().toLowerCase(Locale.ROOT));
    group(settings, config);
    settings.put(StreamsConfig.STATE_DIR_CONFIG, config.stateDirectory().toString());
    settings.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, RocksDbMemory.class);
    settings.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, config.streamThreads());
    settings.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, config.commitInterval().toMillis());
    settings.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
    settings.put(StreamsConfig.DEFAULT_TIMESTAMP_EXTRACTOR_CLASS_CONFIG, RecordTime.class);
    settings.put(
        StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG,
        LogAndFailExceptionHandler.class);

    settings.put(
        StreamsConfig.PRODUCTION_EXCEPTION_HANDLER_CLASS_CONFIG,
        DefaultProductionExceptionHandler.class);
    settings.put(
        StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG,
        LogAndFailProcessingExceptionHandler.class);

    settings.put(
        StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG),
        config.offsetReset().name().toLowerCase(Locale.ROOT));
    settings.put(
        StreamsConfig.mainConsumerPrefix(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG),
        FETCH_BYTES);
    settings.put(
        StreamsConfig.mainConsumerPrefix(ConsumerConfig.RECEIVE_BUFFER_CONFIG), SYSTEMS_OWN);
    packing(settings, config.packing());
    producer(settings, config, largestRecord);
    return settings;
  }

  /** Kafka Streams counts a frame as one record. */
  private static void packing(Properties settings, PackingSettings packing) {
    if (packing.isNeeded()) {
      settings.put(
          StreamsConfig.mainConsumerPrefix(ConsumerConfig.INTERCEPTOR_CLASSES_CONFIG),
          RecordPacker.class.getName());
      packing
          .toProperties()
          .forEach((name, value) -> settings.put(StreamsConfig.mainConsumerPrefix(name), value));
    }
    if (packing.records() > 1) {
      settings.put(
          StreamsConfig.mainConsumerPrefix(ConsumerConfig.MAX_POLL_RECORDS_CONFIG),
          Math.max(LEAST_POLL_RECORDS, FRAMES_IN_A_POLL * packing.records()));
      settings.put(StreamsConfig.BUFFERED_RECORDS_PER_PARTITION_CONFIG, FRAMES_AHEAD);
    }
  }

  /** By the streams protocol the broker decides how long a session is; Kafka refuses ours then. */
  private static void group(Properties settings, DetectorConfig config) {
    GroupProtocol protocol = config.groupProtocol();
    settings.put(StreamsConfig.GROUP_PROTOCOL_CONFIG, protocol.name().toLowerCase(Locale.ROOT));
    if (protocol == GroupProtocol.CLASSIC) {
      int session = Math.toIntExact(config.sessionTimeout().toMillis());
      settings.put(StreamsConfig.consumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), session);
      settings.put(
          StreamsConfig.consumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG),
          session / HEARTBEATS_IN_A_SESSION);
      settings.put(StreamsConfig.PROBING_REBALANCE_INTERVAL_MS_CONFIG, PROBING_MS);
    }
  }

  /** Whoever takes over waits for the open transaction of the one before. */
  private static int transactionTimeout(DetectorConfig config) {
    long commits = COMMITS_IN_A_TRANSACTION * config.commitInterval().toMillis();
    long timeout = Math.max(config.sessionTimeout().toMillis(), commits);
    return (int) Math.min(Integer.MAX_VALUE, timeout);
  }

  private static void producer(Properties settings, DetectorConfig config, int largestRecord) {
    long request =
        Math.min(
            Integer.MAX_VALUE,
            Math.max(LEAST_REQUEST_BYTES, (long) largestRecord + REQUEST_OVERHEAD_BYTES));
    settings.put(
        StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG),
        config.producerLinger().toMillis());
    settings.put(
        StreamsConfig.producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG),
        transactionTimeout(config));
    settings.put(
        StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG), (int) request);
    settings.put(
        StreamsConfig.producerPrefix(ProducerConfig.BUFFER_MEMORY_CONFIG),
        Math.max(LEAST_BUFFER_BYTES, REQUESTS_IN_MEMORY * request));
  }
}
