package dev.elbow.detector.modeltopic;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.elbow.detector.metrics.ModelMetrics;
import dev.elbow.event.Activation;
import dev.elbow.event.EntityGroup;
import dev.elbow.input.InvalidInputException;
import dev.elbow.modeltopic.BundleChunk;
import dev.elbow.modeltopic.Catalog;
import dev.elbow.modeltopic.ModelRecord;
import dev.elbow.modeltopic.ModelRecords;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the models topic has said so far: what can be followed, and the files of its bundles. A
 * record that cannot be used changes nothing but a metric and one warning. For use by one thread.
 */
final class FollowedTopic {

  private static final Logger LOG = LoggerFactory.getLogger(FollowedTopic.class);

  private final String name;
  private final Optional<String> pinned;
  private final BundleFiles files;
  private final ModelMetrics metrics;
  private final Catalog catalog = new Catalog();

  /**
   * @param name for messages
   * @param pinned the bundle that scores whatever the activations say, if there is one
   */
  FollowedTopic(String name, Optional<String> pinned, BundleFiles files, ModelMetrics metrics) {
    this.name = name;
    this.pinned = pinned;
    this.files = files;
    this.metrics = metrics;
  }

  /** Takes the next record of the log. */
  void take(ConsumerRecord<byte[], byte[]> next) {
    try {
      ModelRecord record = ModelRecords.read(next.key(), next.value(), headers(next));
      boolean news = catalog.take(record, next.offset(), Instant.ofEpochMilli(next.timestamp()));
      if (record instanceof ModelRecord.Chunk part) {
        if (news) {
          keep(part.chunk());
        } else {
          checkSame(part.chunk());
        }
      }
    } catch (InvalidInputException e) {
      refuse(next.offset(), String.valueOf(e.getMessage()));
    } catch (IOException e) {
      refuse(next.offset(), "a bundle cannot be kept: " + e);
    } catch (RuntimeException e) { // of a kind nobody thought of; the topic goes on
      refuse(next.offset(), e.toString());
    }
  }

  private static Map<String, String> headers(ConsumerRecord<byte[], byte[]> record) {
    Map<String, String> headers = new HashMap<>();
    for (Header header : record.headers()) {
      headers.put(header.key(), header.value() == null ? "" : new String(header.value(), UTF_8));
    }
    return headers;
  }

  private void keep(BundleChunk chunk) throws IOException {
    String bundle = chunk.file().bundle();
    try {
      files.put(chunk);
      if (holds(bundle)) {
        files.assemble(chunk.file());
      }
    } catch (IOException | InvalidInputException e) {
      catalog.forget(bundle); // it can be published again
      throw e;
    }
  }

  private void checkSame(BundleChunk chunk) {
    boolean same =
        catalog
            .bundle(chunk.file().bundle())
            .filter(there -> there.file().sha256().equals(chunk.file().sha256()))
            .isPresent();
    if (!same) {
      throw new InvalidInputException(
          "bundle %s: is there, and a chunk of another zip of that name cannot replace it"
              .formatted(chunk.file().bundle()));
    }
  }

  private void refuse(long offset, String why) {
    metrics.recordRefused();
    LOG.warn("{}-0@{}: record passed over: {}", name, offset, why);
  }

  /** The activations that can be followed, in the order of the log. */
  List<Activation> followable() {
    if (pinned.isEmpty()) {
      return catalog.followable();
    }
    return holds(pinned.get())
        ? List.of(new Activation(pinned, Activation.ALWAYS, EntityGroup.ALL))
        : List.of();
  }

  /** Whether all of a bundle is there. */
  boolean holds(String bundle) {
    return catalog.bundle(bundle).filter(Catalog.Listed::isComplete).isPresent();
  }

  /** Deletes the files of bundles that the topic does not have. */
  void forgetOthers() {
    Set<String> there =
        catalog.bundles().stream().map(some -> some.file().bundle()).collect(Collectors.toSet());
    try {
      files.keepOnly(there);
    } catch (IOException e) {
      LOG.warn("Bundles that are no longer on {} cannot be deleted: {}", name, e.toString());
    }
  }

  /** Why there is nothing to follow, for a person. */
  String whyNothing() {
    if (pinned.isPresent()) {
      return "no model: bundle %s, which model.pin names, is not on topic %s; publish it, or unpin"
          .formatted(pinned.get(), name);
    }
    return catalog.activations().isEmpty()
        ? "no model: topic %s activates none; publish one with: elbow publish".formatted(name)
        : "no model: topic %s activates none that can be used; the log says why".formatted(name);
  }
}
