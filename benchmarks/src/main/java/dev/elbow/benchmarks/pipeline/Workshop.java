package dev.elbow.benchmarks.pipeline;

import dev.elbow.broker.EmbeddedBroker;
import dev.elbow.bundle.BundleWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * A broker, and a folder for all that a benchmark leaves on disk: every run has an application id,
 * topics and a state of its own.
 */
public final class Workshop implements AutoCloseable {

  private final EmbeddedBroker broker;
  private final Path directory;
  private final AtomicInteger runs = new AtomicInteger();

  /** Starts the broker. */
  public Workshop() throws IOException {
    this(Duration.ZERO);
  }

  /**
   * Starts the broker.
   *
   * @param gathering how long a new group waits for more members before its partitions are shared
   *     out: what has been read by then stays with who has read it
   */
  Workshop(Duration gathering) throws IOException {
    directory = Files.createTempDirectory("elbow-pipeline");
    broker =
        EmbeddedBroker.builder()
            .dataDirectory(directory.resolve("broker"))
            .property("group.initial.rebalance.delay.ms", Long.toString(gathering.toMillis()))
            .start();
  }

  /** The broker. */
  public EmbeddedBroker broker() {
    return broker;
  }

  /** A folder of that name. */
  public Path folder(String name) throws IOException {
    return Files.createDirectories(directory.resolve(name));
  }

  /** Where the schema of a plant's observations is, if their format has one. */
  Path schemas(Plant plant) throws IOException {
    return folder("schemas-of-" + plant.sensors());
  }

  /** Writes the bundle of a net for a plant. */
  public Path bundle(Net net, Plant plant, String name) {
    Path bundle = directory.resolve(name);
    BundleWriter.write(net.bundle(plant), bundle);
    return bundle;
  }

  /** Starts the detector over a recording, from its beginning. */
  public RunningDetector detector(Recording input, Path bundle, Map<String, String> more) {
    Map<String, String> settings = settings(input, bundle, more);
    settings.putIfAbsent("state.dir", stateOf(settings).toString());
    settings.putIfAbsent("metrics.port", "0");
    return new RunningDetector(settings);
  }

  /** Starts detectors over a recording, from its beginning, in one group. */
  DetectorGroup group(int count, Recording input, Path bundle, Map<String, String> more)
      throws IOException {
    Map<String, String> settings = settings(input, bundle, more);
    return new DetectorGroup(Files.createDirectories(stateOf(settings)), count, settings);
  }

  private Path stateOf(Map<String, String> settings) {
    return directory.resolve(Objects.requireNonNull(settings.get("application.id")));
  }

  private Map<String, String> settings(Recording input, Path bundle, Map<String, String> more) {
    String id = "detector-" + runs.incrementAndGet();
    Map<String, String> settings = new HashMap<>();
    settings.put("bootstrap.servers", broker.bootstrapServers());
    settings.put("application.id", id);
    settings.put("topics.observations", input.topic());
    settings.put("topics.anomalies", id + "-anomalies");
    settings.put("topics.rejections", id + "-rejections");
    settings.put("topics.create", "true");
    settings.put("model.directory", bundle.toString());
    settings.putAll(more);
    return settings;
  }

  /** Starts the pass-through over a recording, from its beginning. */
  Passthrough passthrough(Recording input, Plant plant, Format format) throws IOException {
    String id = "passthrough-" + runs.incrementAndGet();
    broker.createTopic(id, input.partitions(), Map.of());
    return new Passthrough(
        Passthrough.settings(broker.bootstrapServers(), id, directory.resolve(id)),
        input,
        id,
        format.of(plant, schemas(plant)),
        plant.sensorNames());
  }

  @Override
  public void close() throws IOException {
    broker.close();
    try (Stream<Path> paths = Files.walk(directory)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) { // children first
        Files.deleteIfExists(path);
      }
    }
  }
}
