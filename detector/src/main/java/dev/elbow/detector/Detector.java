package dev.elbow.detector;

import dev.elbow.detector.entity.HistoryMemory;
import dev.elbow.detector.metrics.DetectionMetrics;
import dev.elbow.detector.metrics.OpsServer;
import dev.elbow.detector.models.ActiveModel;
import dev.elbow.detector.models.ModelDirectory;
import dev.elbow.detector.models.ModelSchedule;
import dev.elbow.detector.models.ModelWatch;
import dev.elbow.detector.models.Models;
import dev.elbow.detector.modeltopic.BundleFiles;
import dev.elbow.detector.modeltopic.ModelsFollower;
import dev.elbow.detector.topology.DetectionTopology;
import dev.elbow.detector.topology.EpisodeProcessor;
import dev.elbow.detector.topology.KeptRecords;
import dev.elbow.detector.topology.RejectedRecords;
import dev.elbow.detector.topology.ScoringProcessor;
import dev.elbow.detector.topology.ScoringThreads;
import dev.elbow.input.InvalidInputException;
import dev.elbow.scoring.OnnxModel;
import java.time.Clock;
import java.time.Duration;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running detector: it reads the observations topic, scores every record with a bundle of its
 * model directory or of the models topic, and writes what is strange, until it is closed.
 *
 * <p>It goes on from where the last one of its {@code application.id} stopped, gracefully or not.
 */
public final class Detector implements AutoCloseable {

  /** How long to wait for an answer of the brokers before saying so and asking again. */
  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(30);

  /** How long records in hand may take at the end. */
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(20);

  private static final Logger LOG = LoggerFactory.getLogger(Detector.class);

  private final StreamsWatch stream;
  private final OpsServer ops;
  private final Models models;
  private final OpenResources resources;

  private Detector(StreamsWatch stream, OpsServer ops, Models models, OpenResources resources) {
    this.stream = stream;
    this.ops = ops;
    this.models = models;
    this.resources = resources;
  }

  /**
   * Starts a detector and returns as soon as it has; it is ready once its partitions are assigned.
   * While no broker answers, or the models topic has no model, it waits; its health says so.
   *
   * @throws InvalidInputException if the bundle is refused, a topic is missing, the brokers refuse
   *     the security settings, the state directory cannot be used, or the port is taken
   */
  public static Detector start(DetectorConfig config) {
    LOG.info("Starting with {}", config);
    try (OpenResources opened = new OpenResources()) {
      DetectionMetrics metrics = new DetectionMetrics();
      opened.add(metrics::close);
      StreamsWatch stream = new StreamsWatch(config.sessionTimeout());
      metrics.watch(stream::lag, () -> stream.health().ready());
      metrics.models().watchSessions(OnnxModel::openSessions);
      OpsServer ops = OpsServer.start(config.ops(), metrics, stream::health);
      opened.add(ops::close);
      config
          .ops()
          .exposure()
          .ifPresent(risk -> LOG.warn("metrics.host is {}: {}", config.ops().host(), risk));

      StateDirectory.requireWritable(config.stateDirectory());
      Models models;
      int largestRejection;
      if (config.modelsTopic().isPresent()) {
        largestRejection = checkTopics(config);
        models = followedModels(config, config.modelsTopic().get(), stream, metrics, opened);
      } else {
        models = watchedModel(config, metrics, opened);
        largestRejection = checkTopics(config);
      }

      ScoringThreads threads = new ScoringThreads(config.scoringThreads());
      opened.add(threads::close);
      KafkaStreams streams = streams(config, largestRejection, models, threads, stream, metrics);
      opened.add(() -> stop(streams));
      stream.watch(streams);
      streams.setUncaughtExceptionHandler(new ThreadFailures(Clock.systemUTC()));
      streams.start();

      ClockWatch clock = ClockWatch.start(config.sessionTimeout(), stream::clockSetBack);
      opened.add(clock::close);
      return new Detector(stream, ops, models, opened.handOver());
    }
  }

  /** The model of the model directory, loaded. */
  private static Models watchedModel(
      DetectorConfig config, DetectionMetrics metrics, OpenResources opened) {
    ActiveModel model = new ActiveModel();
    opened.add(model::close);
    ModelDirectory directory =
        new ModelDirectory(
            config.modelDirectory().orElseThrow(),
            config.modelSigner(),
            model,
            metrics.models(),
            Clock.systemUTC());
    directory.loadFirst();
    ModelWatch watch = ModelWatch.start(directory, config.modelPollInterval());
    opened.add(watch::close);
    return model;
  }

  /** The models of the models topic; waits until there is one. */
  private static Models followedModels(
      DetectorConfig config,
      String topic,
      StreamsWatch stream,
      DetectionMetrics metrics,
      OpenResources opened) {
    BundleFiles files =
        new BundleFiles(config.stateDirectory().resolve("models"), config.modelSigner());
    ModelSchedule schedule =
        new ModelSchedule(
            files::read, config.mostOpenModels(), metrics.models(), Clock.systemUTC());
    opened.add(schedule::close);
    ModelsFollower follower =
        ModelsFollower.start(
            KafkaSettings.models(config),
            topic,
            config.pinnedModel(),
            files,
            schedule,
            metrics.models());
    opened.add(follower::close);
    stream.startWaitsFor(follower::waitingFor);
    try {
      follower.awaitModel();
    } catch (InterruptedException e) {
      throw new InterruptException(e); // restores the interrupt flag
    }
    return schedule;
  }

  private static int checkTopics(DetectorConfig config) {
    try (TopicCheck topics = new TopicCheck(config, ANSWER_TIMEOUT)) {
      return topics.check();
    }
  }

  private static KafkaStreams streams(
      DetectorConfig config,
      int largestRejection,
      Models models,
      ScoringThreads threads,
      StreamsWatch stream,
      DetectionMetrics metrics) {
    RejectedRecords rejected =
        new RejectedRecords(
            largestRejection, new KeptRecords(config.stateDirectory().resolve("oversized")));
    HistoryMemory memory = new HistoryMemory(config.historyMemoryBytes());
    Topology topology =
        DetectionTopology.of(
            config.topics(),
            () ->
                new ScoringProcessor(
                    config.detection(),
                    models,
                    memory,
                    rejected,
                    () -> stream.health().ready(),
                    threads,
                    metrics),
            () ->
                new EpisodeProcessor(
                    config.topics().observations(),
                    config.episodes(),
                    () -> stream.health().ready(),
                    metrics.episodes()));
    try {
      return new KafkaStreams(topology, KafkaSettings.streams(config, largestRejection));
    } catch (StreamsException e) {
      throw StateDirectory.inUse(config.stateDirectory(), e);
    }
  }

  /**
   * Runs a detector until the process is told to stop (SIGTERM, SIGINT) or it fails.
   *
   * @return whether it stopped because it was told to; if not, the log says why
   * @throws InvalidInputException as {@link #start}
   */
  public static boolean run(DetectorConfig config) throws InterruptedException {
    try (Detector detector = start(config)) {
      Thread stopping = new Thread(detector::close, "elbow-stop");
      Runtime.getRuntime().addShutdownHook(stopping);
      return detector.awaitEnd();
    }
  }

  /**
   * Waits until the detector has ended.
   *
   * @return whether it was closed; if not, it failed, and the log says why
   */
  public boolean awaitEnd() throws InterruptedException {
    return !stream.awaitEnd();
  }

  /** Whether records are being scored. */
  public boolean ready() {
    return stream.health().ready();
  }

  /** The port of /metrics and the health pages. */
  public int opsPort() {
    return ops.port();
  }

  /** Id of the bundle that scores. */
  public String model() {
    return models.id().orElseThrow(() -> new IllegalStateException("the detector is closed"));
  }

  /**
   * Finishes the record in hand, commits and leaves the group, so that another detector can go on
   * at once; then closes everything. A second call waits for the first.
   */
  @Override
  public synchronized void close() {
    resources.close();
  }

  private static void stop(KafkaStreams streams) {
    boolean stopped =
        streams.close(
            CloseOptions.timeout(STOP_TIMEOUT)
                .withGroupMembershipOperation(GroupMembershipOperation.LEAVE_GROUP));
    if (stopped) {
      LOG.info("Stopped");
    } else {
      LOG.warn(
          "Not stopped within {} s: what is not committed will be read again",
          STOP_TIMEOUT.toSeconds());
    }
  }
}
