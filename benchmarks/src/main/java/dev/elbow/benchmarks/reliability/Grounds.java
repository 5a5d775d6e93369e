package dev.elbow.benchmarks.reliability;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ExecutionException;

/** What runs share that are side by side: trained models, and a broker that none of them kills. */
final class Grounds implements AutoCloseable {

  private final Path directory;
  private final Optional<Launch> detectors;
  private final Models models;
  private final ClassArchive detectorClasses;
  private final ClassArchive brokerClasses;
  private Optional<BrokerProcess> shared = Optional.empty();

  /**
   * For many runs that are short.
   *
   * @param directory for all that is written
   */
  Grounds(Path directory) {
    this(directory, Optional.empty());
  }

  /** With detectors that are started in one way only. */
  Grounds(Path directory, Launch detectors) {
    this(directory, Optional.of(detectors));
  }

  private Grounds(Path directory, Optional<Launch> detectors) {
    this.directory = directory;
    this.detectors = detectors;
    this.models = new Models(directory.resolve("models"));
    this.detectorClasses = new ClassArchive(directory.resolve("detector.jsa"));
    this.brokerClasses = new ClassArchive(directory.resolve("broker.jsa"));
  }

  Models models() {
    return models;
  }

  /** How detectors are started. */
  Launch detectors() {
    return detectors.orElseGet(detectorClasses::launch);
  }

  /** How brokers are started. */
  Launch brokers() {
    return brokerClasses.launch();
  }

  /** Lets a broker and a detector run once, if that makes later starts quicker. */
  void rehearse(Variant variant) throws IOException, InterruptedException, ExecutionException {
    if (!detectorClasses.record() || !brokerClasses.record()) {
      return;
    }
    try (Stage stage = Scenario.BROKER_KILLED.stage(place("rehearsal"), variant, 1, this)) {
      stage.awaitFlow();
      stage.finish(false);
    }
    detectorClasses.use();
    brokerClasses.use();
  }

  /** A new directory for a run. */
  Path place(String run) throws IOException {
    return Files.createDirectories(directory.resolve(run));
  }

  /** The broker that all runs may use at once; started when it is first asked for. */
  synchronized BrokerProcess sharedBroker() throws IOException {
    if (shared.isEmpty()) {
      shared = Optional.of(BrokerProcess.start(brokers(), place("shared")));
    }
    return shared.get();
  }

  @Override
  public synchronized void close() {
    shared.ifPresent(BrokerProcess::close);
  }
}
