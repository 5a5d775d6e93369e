package dev.elbow.benchmarks.reliability;

import dev.elbow.benchmarks.reliability.DetectorProcess.Program;
import dev.elbow.bundle.BundleWriter;
import dev.elbow.bundle.ModelBundle;
import dev.elbow.detector.Detector;
import dev.elbow.detector.DetectorConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;

/** A broker, a detector and what goes in and comes out, for one run. */
final class Stage implements AutoCloseable {

  /** Longer than any session, transaction or retry of Kafka's takes to end. */
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  /** Kafka's own under exactly-once, and more to lose than the detector's. */
  private static final String COMMIT_MS = "100";

  /**
   * At least once, rows come again, and an entity is set back so far and no farther. A busy machine
   * let 188 rows of an entity come again, more than the default of 128 covers.
   */
  private static final String HISTORY_ROWS = "4096";

  private static final int SHORTEST_PAUSE_MS = 200;
  private static final int LONGEST_PAUSE_MS = 3000;

  private final Path directory;
  private final Variant variant;
  private final Models models;
  private final Random random;
  private final Topics topics;
  private final Launch launch;
  private final boolean ownBroker;
  private final BrokerProcess broker;
  private final Admin admin;
  private final DetectorProcess first;
  private final OutcomeReader outcomes;
  private final KnownInput input;
  private final Feed feed;
  private final List<Duration> recoveries = new ArrayList<>();
  private ModelBundle model;
  private int restarts;

  /**
   * @param directory of this run alone; its name is that of the run
   * @param ownBroker whether something is done to the broker; otherwise it is a shared one
   */
  Stage(
      Path directory,
      Program program,
      boolean ownBroker,
      Variant variant,
      long seed,
      Grounds grounds)
      throws IOException, InterruptedException, ExecutionException {
    this.directory = directory;
    this.variant = variant;
    models = grounds.models();
    random = new Random(seed);
    topics = Topics.of(directory.getFileName().toString());
    model = models.first(variant.series());
    BundleWriter.write(model, modelDirectory());
    this.ownBroker = ownBroker;
    launch = grounds.detectors();
    broker = ownBroker ? BrokerProcess.start(grounds.brokers(), directory) : grounds.sharedBroker();
    admin = broker.admin();
    broker.createTopics(List.of(topics.observations()), KnownInput.PARTITIONS);
    broker.createTopics(topics.written(), KnownInput.PARTITIONS);
    input = new KnownInput(seed);
    outcomes = OutcomeReader.start(broker.bootstrapServers(), topics);
    first = DetectorProcess.start(program, launch, directory, "first", settings(topics));
    feed = Feed.start(broker.bootstrapServers(), topics.observations(), input);
  }

  private Path modelDirectory() {
    return directory.resolve("model");
  }

  private Map<String, String> settings(Topics of) {
    Map<String, String> settings = new TreeMap<>();
    settings.put("session.timeout.ms", BrokerMain.SESSION_MS);
    settings.put("commit.interval.ms", COMMIT_MS);
    settings.put("history.rows", HISTORY_ROWS);
    settings.putAll(variant.settings());
    settings.put("bootstrap.servers", broker.bootstrapServers());
    settings.put("application.id", of.group());
    settings.put("topics.observations", of.observations());
    settings.put("topics.scores", of.scores());
    settings.put("topics.anomalies", of.anomalies());
    settings.put("topics.rejections", of.rejections());
    settings.put("topics.episodes", of.episodes());
    settings.put("model.directory", modelDirectory().toString());
    settings.put("model.poll.ms", "100");
    return settings;
  }

  private Group group(Topics of) {
    return new Group(admin, of.group(), of.observations(), variant.protocol());
  }

  BrokerProcess broker() {
    return broker;
  }

  DetectorProcess first() {
    return first;
  }

  Latencies latencies() {
    return outcomes.latencies();
  }

  boolean coin() {
    return random.nextBoolean();
  }

  /** Waits for as long as the seed says. */
  void pause() throws InterruptedException {
    TimeUnit.MILLISECONDS.sleep(random.nextInt(SHORTEST_PAUSE_MS, LONGEST_PAUSE_MS));
  }

  /** From now on the timestamps of observations are so far ahead of what they would be. */
  void shiftTimestamps(Duration ahead) {
    input.shiftTimestamps(ahead);
  }

  /** Waits until outcomes flow. */
  void awaitFlow() throws InterruptedException {
    awaitBeyond(feed.ends());
  }

  /** What happens to a stage. */
  @FunctionalInterface
  interface Strike {
    /** Does it and returns when it is done, not when it is overcome. */
    void on(Stage stage) throws IOException, InterruptedException, ExecutionException;
  }

  /** Lets something happen at some moment and waits until outcomes flow again. */
  void strike(Strike strike) throws IOException, InterruptedException, ExecutionException {
    pause();
    long start = System.nanoTime();
    strike.on(this);
    awaitBeyond(feed.ends());
    recoveries.add(Duration.ofNanos(System.nanoTime() - start));
  }

  /** Waits until the detector says that it is ready. */
  void awaitReady() throws InterruptedException {
    if (!Await.until(PATIENCE, () -> supervised(Readiness.now(first.port())))) {
      System.err.println("the detector does not become ready; see " + directory);
    }
  }

  /** What never comes is going to be missing. */
  private void awaitBeyond(long[] ends) throws InterruptedException {
    if (!Await.until(PATIENCE, () -> supervised(outcomes.ledger().isBeyond(ends)))) {
      System.err.printf("no outcomes for %d s; see %s%n", PATIENCE.toSeconds(), directory);
    }
  }

  /** A detector that has ended by itself is started again, as whatever runs it would do. */
  private boolean supervised(boolean done) throws IOException {
    if (!done && !first.isAlive()) {
      first.restart();
      restarts++;
    }
    return done;
  }

  /** Starts a second detector, to be closed by the caller, and waits until it has its share. */
  DetectorProcess addSecond() throws IOException, InterruptedException {
    DetectorProcess second =
        DetectorProcess.start(Program.DETECTOR, launch, directory, "second", settings(topics));
    Group group = group(topics);
    if (!Await.until(PATIENCE, () -> group.isShared(2))) {
      second.close();
      throw new IllegalStateException("the second detector got no share; see " + directory);
    }
    return second;
  }

  /** Puts the other model into place and waits until it scores. */
  void swapModel() throws InterruptedException {
    ModelBundle one = models.first(variant.series());
    model = model.id().equals(one.id()) ? models.second(variant.series()) : one;
    String wanted = model.id();
    BundleWriter.write(model, modelDirectory());
    if (!Await.until(PATIENCE, () -> supervised(outcomes.ledger().isAtModel(wanted)))) {
      throw new IllegalStateException("the other model scores nothing; see " + directory);
    }
  }

  /**
   * Ends the input, waits until the detector says it has dealt with all of it, stops it and reads
   * all that is committed.
   */
  Trial finish(boolean compareScores) throws IOException, InterruptedException, ExecutionException {
    long records = feed.finish();
    drain();
    first.stop();
    outcomes.readToEnd(admin);
    Ledger.Tally ofRecords = outcomes.ledger().tally(feed.ends());
    Ledger.Tally ofEpisodes = outcomes.episodes().tally();
    Ledger.Tally tally = ofRecords.plus(ofEpisodes);
    if (tally.missing() > 0
        || (tally.duplicated() > 0 && variant.guarantee() == Variant.Guarantee.EXACTLY_ONCE_V2)) {
      System.err.printf(
          "of records %s, without outcome: %s; of episodes %s, missing: %s; see %s%n",
          ofRecords,
          outcomes.ledger().missing(feed.ends()),
          ofEpisodes,
          outcomes.episodes().missing(),
          directory);
    }
    long differing = compareScores ? differingFromUndisturbed() : 0;
    return new Trial(records, tally, differing, restarts, recoveries);
  }

  /** What is not done in time is going to be missing. */
  private void drain() throws InterruptedException {
    Group group = group(topics);
    boolean drained = Await.until(PATIENCE, () -> supervised(group.hasCommitted(feed.ends())));
    if (!drained) {
      System.err.println("the detector has not come to the end of the input; see " + directory);
    }
  }

  /** Nothing happens to the second detector, so it may run in this process. */
  private long differingFromUndisturbed() throws InterruptedException, ExecutionException {
    Topics undisturbed = topics.undisturbed();
    broker.createTopics(undisturbed.written(), KnownInput.PARTITIONS);
    Map<String, String> settings = settings(undisturbed);
    settings.put("state.dir", directory.resolve("undisturbed-state").toString());
    settings.put("metrics.port", "0");
    try (OutcomeReader expected = OutcomeReader.start(broker.bootstrapServers(), undisturbed)) {
      Group reads = group(undisturbed);
      try (Detector detector =
          Detector.start(DetectorConfig.read(Optional.empty(), Map.of(), settings))) {
        if (!Await.until(PATIENCE, () -> reads.hasCommitted(feed.ends()))) {
          throw new IllegalStateException(
              "the undisturbed detector %s came to no end; see %s"
                  .formatted(detector.model(), directory));
        }
      }
      expected.readToEnd(admin);
      return outcomes.ledger().differingFrom(expected.ledger());
    }
  }

  @Override
  public void close() {
    feed.close();
    outcomes.close();
    first.close();
    admin.close(Duration.ZERO);
    if (ownBroker) {
      broker.close();
    }
  }
}
