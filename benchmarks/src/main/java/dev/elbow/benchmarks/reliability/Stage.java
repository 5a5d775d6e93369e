package dev.elbow.benchmarks.reliability;

import dev.elbow.benchmarks.reliability.DetectorProcess.Program;
import dev.elbow.bundle.BundleWriter;
import dev.elbow.bundle.ModelBundle;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;

/** A broker, a detector and what goes in and comes out, for one run. */
final class Stage implements AutoCloseable {

  static final String GROUP = "elbow-detector";

  /** Longer than any session, transaction or retry of Kafka's takes to end. */
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private static final int SHORTEST_PAUSE_MS = 200;
  private static final int LONGEST_PAUSE_MS = 3000;

  private final Path directory;
  private final Variant variant;
  private final Models models;
  private final Random random;
  private final BrokerProcess broker;
  private final Admin admin;
  private final DetectorProcess first;
  private final OutcomeReader outcomes;
  private final Feed feed;
  private final List<Duration> recoveries = new ArrayList<>();
  private ModelBundle model;
  private int restarts;

  Stage(Path directory, Program program, Variant variant, long seed, Models models)
      throws IOException, InterruptedException, ExecutionException {
    this.directory = directory;
    this.variant = variant;
    this.models = models;
    random = new Random(seed);
    model = models.first(variant.series());
    BundleWriter.write(model, modelDirectory());
    Topics topics = new Topics("");
    broker = BrokerProcess.start(directory);
    broker.createTopics(List.of(Topics.OBSERVATIONS), KnownInput.PARTITIONS);
    broker.createTopics(topics.written(), KnownInput.PARTITIONS);
    admin = broker.admin();
    outcomes = OutcomeReader.start(broker.bootstrapServers(), topics);
    first = DetectorProcess.start(program, directory, "first", settings(GROUP, topics));
    feed = Feed.start(broker.bootstrapServers(), new KnownInput(seed));
  }

  private Path modelDirectory() {
    return directory.resolve("model");
  }

  private Map<String, String> settings(String group, Topics topics) {
    Map<String, String> settings = new TreeMap<>(variant.settings());
    settings.put("bootstrap.servers", broker.bootstrapServers());
    settings.put("application.id", group);
    settings.put("topics.observations", Topics.OBSERVATIONS);
    settings.put("topics.scores", topics.scores());
    settings.put("topics.anomalies", topics.anomalies());
    settings.put("topics.rejections", topics.rejections());
    settings.put("model.directory", modelDirectory().toString());
    settings.put("model.poll.ms", "100");
    return settings;
  }

  BrokerProcess broker() {
    return broker;
  }

  DetectorProcess first() {
    return first;
  }

  boolean coin() {
    return random.nextBoolean();
  }

  /** Waits for as long as the seed says. */
  void pause() throws InterruptedException {
    TimeUnit.MILLISECONDS.sleep(random.nextInt(SHORTEST_PAUSE_MS, LONGEST_PAUSE_MS));
  }

  /** Waits until outcomes flow. */
  void awaitFlow() throws InterruptedException {
    awaitBeyond(feed.ends());
  }

  /** Lets the scenario strike at some moment and waits until outcomes flow again. */
  void strike(Scenario scenario) throws IOException, InterruptedException, ExecutionException {
    pause();
    long start = System.nanoTime();
    scenario.strike(this);
    awaitBeyond(feed.ends());
    recoveries.add(Duration.ofNanos(System.nanoTime() - start));
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
        DetectorProcess.start(
            Program.DETECTOR, directory, "second", settings(GROUP, new Topics("")));
    Group group = new Group(admin, GROUP, variant.protocol());
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
    Ledger.Tally tally = outcomes.ledger().tally(feed.ends());
    long differing = compareScores ? differingFromUndisturbed() : 0;
    return new Trial(records, tally, differing, restarts, recoveries);
  }

  /** What is not done in time is going to be missing. */
  private void drain() throws InterruptedException {
    Group group = new Group(admin, GROUP, variant.protocol());
    boolean drained = Await.until(PATIENCE, () -> supervised(group.hasCommitted(feed.ends())));
    if (!drained) {
      System.err.println("the detector has not come to the end of the input; see " + directory);
    }
  }

  private long differingFromUndisturbed()
      throws IOException, InterruptedException, ExecutionException {
    Topics topics = new Topics("undisturbed-");
    broker.createTopics(topics.written(), KnownInput.PARTITIONS);
    String group = "undisturbed";
    try (OutcomeReader expected = OutcomeReader.start(broker.bootstrapServers(), topics);
        DetectorProcess undisturbed =
            DetectorProcess.start(Program.DETECTOR, directory, group, settings(group, topics))) {
      Group reads = new Group(admin, group, variant.protocol());
      if (!Await.until(PATIENCE, () -> reads.hasCommitted(feed.ends()))) {
        throw new IllegalStateException(
            "the undisturbed detector came to no end; see " + directory);
      }
      undisturbed.stop();
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
    broker.close();
  }
}
