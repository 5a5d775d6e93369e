package dev.elbow.detector.modeltopic;

import dev.elbow.bundle.ModelBundle;
import dev.elbow.bundle.TrustedKey;
import dev.elbow.detector.metrics.DetectionMetrics;
import dev.elbow.detector.models.ModelSchedule;
import dev.elbow.event.Activation;
import dev.elbow.input.InvalidInputException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What the models topic says, for whoever asks about the past and follows nothing. What it counts
 * is in no metric that anybody reads. For use by one thread.
 */
public final class PublishedModels implements AutoCloseable {

  /** An entity has few models between a record and what its averages remember. */
  private static final int MOST_OPEN = 4;

  private final String topic;
  private final BundleFiles files;
  private final DetectionMetrics uncounted = new DetectionMetrics();
  private final FollowedTopic followed;

  /**
   * @param topic its name, for messages
   * @param directory for the bundles, which whoever has made it deletes
   * @param signer whose signature every bundle must have; empty: signed or not, by whomever
   */
  public PublishedModels(String topic, Path directory, Optional<TrustedKey> signer) {
    this.topic = topic;
    this.files = new BundleFiles(directory, signer);
    this.followed = new FollowedTopic(topic, Optional.empty(), files, uncounted.models());
  }

  /** Takes the next record of the topic, which is read from its beginning. */
  public void take(ConsumerRecord<byte[], byte[]> record) {
    followed.take(record);
  }

  /**
   * A bundle of the topic.
   *
   * @throws InvalidInputException if it is not there as a whole or cannot be used
   */
  public ModelBundle bundle(String id) {
    if (!followed.holds(id)) {
      throw new InvalidInputException(
          "bundle %s is not on topic %s as a whole; elbow models lists those that are"
              .formatted(id, topic));
    }
    return files.read(id);
  }

  /**
   * Which models have scored the rows of an entity up to a time, by what the topic says now. To be
   * closed.
   */
  public ModelSchedule schedule(String entity, Instant time) {
    List<Activation> concerned =
        followed.followable().stream()
            .filter(activation -> activation.entities().contains(entity))
            .filter(activation -> !activation.effectiveFrom().isAfter(time))
            .toList();
    ModelSchedule schedule =
        new ModelSchedule(files::read, MOST_OPEN, uncounted.models(), InstantSource.fixed(time));
    schedule.follow(concerned);
    return schedule;
  }

  @Override
  public void close() {
    uncounted.close();
  }
}
