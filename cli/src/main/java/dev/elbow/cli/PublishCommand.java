package dev.elbow.cli;

import dev.elbow.bundle.BundleReader;
import dev.elbow.bundle.BundleWriter;
import dev.elbow.bundle.ModelBundle;
import dev.elbow.input.InvalidInputException;
import dev.elbow.modeltopic.BundleChunk;
import dev.elbow.modeltopic.BundleFile;
import dev.elbow.modeltopic.Catalog;
import dev.elbow.modeltopic.ModelRecords;
import dev.elbow.scoring.Scorer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code publish}: puts a bundle on the models topic and activates it. */
@Command(
    name = "publish",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Puts a bundle on the models topic and says from which time of observations on it scores.",
      "The bundle passes the gate first. Detectors that follow the topic (topics.models) load it"
          + " before its time comes."
    })
public final class PublishCommand implements ElbowCommand {

  /** So that the largest bundle has no more chunks than one can have. */
  private static final int LEAST_CHUNK_BYTES =
      (int) (BundleFile.MOST_BYTES / BundleFile.MOST_CHUNKS);

  /** A detector reads a chunk as a whole. */
  private static final int MOST_CHUNK_BYTES = 8 << 20;

  @Option(
      names = "--model",
      required = true,
      paramLabel = "DIR",
      description = "The bundle, a directory or a zip.")
  private Path model = Path.of("");

  @Option(
      names = "--create-topic",
      description = "Create the topic if it is missing: one partition, compacted.")
  private boolean createTopic;

  @Mixin private ModelsTopicOptions options = new ModelsTopicOptions();
  @Mixin private ActivationOptions activation = new ActivationOptions();

  @Override
  public Integer call() throws InterruptedException {
    Instant now = Instant.now();
    activation.groups();
    activation.check(now);
    ModelBundle bundle = BundleReader.read(model);
    double goldenError = gate(bundle);
    ModelsTopic topic = options.topic();
    if (createTopic) {
      topic.createIfMissing();
    }
    int largest = topic.check();
    List<BundleChunk> chunks = chunks(bundle, chunkBytes(topic, largest));
    Catalog catalog = topic.read();
    boolean there = isThere(catalog, chunks.get(0).file());
    if (!there) {
      topic.append(chunks.stream().map(ModelRecords::of).toList(), largest);
    }
    System.out.printf(
        "bundle %s: %,d bytes in %d chunk%s %s %s, golden scores within %.1e nats%n",
        bundle.id(),
        chunks.get(0).file().bytes(),
        chunks.size(),
        chunks.size() == 1 ? "" : "s",
        there ? "were there before on" : "sent to",
        topic.name(),
        goldenError);
    activation.activate(topic, catalog, Optional.of(bundle.id()), Instant.now(), largest);
    return 0;
  }

  private static double gate(ModelBundle bundle) {
    try (Scorer scorer = Scorer.open(bundle)) {
      return scorer.goldenError();
    }
  }

  private static List<BundleChunk> chunks(ModelBundle bundle, int mostBytes) {
    try {
      return BundleChunk.split(bundle.id(), BundleWriter.toZip(bundle), mostBytes);
    } catch (IllegalArgumentException e) {
      throw new InvalidInputException(
          "bundle %s is too large for a topic: %s".formatted(bundle.id(), e.getMessage()), e);
    }
  }

  private static boolean isThere(Catalog catalog, BundleFile file) {
    Optional<BundleFile> there =
        catalog.bundle(file.bundle()).filter(Catalog.Listed::isComplete).map(Catalog.Listed::file);
    if (there.isPresent() && !there.get().sha256().equals(file.sha256())) {
      throw new InvalidInputException(
          "bundle %s is on the topic as another zip, perhaps without its signature; remove its %d"
                  .formatted(file.bundle(), there.get().chunks())
              + " chunks first, by records of the same keys without a value");
    }
    return there.isPresent();
  }

  private static int chunkBytes(ModelsTopic topic, int largest) {
    int room = Math.min(MOST_CHUNK_BYTES, largest - ModelRecords.OVERHEAD_BYTES);
    if (room < LEAST_CHUNK_BYTES) {
      throw new InvalidInputException(
          "topic %s: expected max.message.bytes of at least %,d, found %,d; raise it"
              .formatted(topic.name(), LEAST_CHUNK_BYTES + ModelRecords.OVERHEAD_BYTES, largest));
    }
    return room;
  }
}
