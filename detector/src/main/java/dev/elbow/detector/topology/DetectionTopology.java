package dev.elbow.detector.topology;

import dev.elbow.detector.entity.EntityStores;
import dev.elbow.detector.episode.EpisodeStore;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;

/**
 * Bytes in, verdicts out. Every record gets exactly one verdict; normal ones leave no record behind
 * unless every score is asked for.
 *
 * <pre>
 *   observations ─ source ───┬─ scoring ┬─ anomalies
 *   acknowledgements ────────┘     │    ├─ rejections
 *     (if any are taken)           │    ├─ scores (if asked for)
 *                                  │    └─ following ── episodes (unless switched off)
 *     stores: heard, entities, rows           │
 *                                store: episodes
 * </pre>
 *
 * <p>Each partition has stores of its own for what is remembered of its entities, and each store a
 * changelog topic. So an entity must always come by the same partition; one that comes by two is
 * two to the detector, each with half of the rows. Partition n of the acknowledgements comes to the
 * task that has partition n of the observations.
 */
public final class DetectionTopology {

  static final String SOURCE = "source";
  static final String ACKNOWLEDGED = "acknowledged";
  static final String SCORING = "scoring";
  static final String ANOMALIES = "anomalies";
  static final String REJECTIONS = "rejections";
  static final String SCORES = "scores";
  static final String FOLLOWING = "following";
  static final String EPISODES = "episodes";

  private DetectionTopology() {}

  /**
   * The topology.
   *
   * @param topics where from and where to
   * @param scoring makes a {@link ScoringProcessor} for every task
   * @param following makes an {@link EpisodeProcessor} for every task
   */
  public static Topology of(
      Topics topics,
      ProcessorSupplier<byte[], byte[], byte[], Object> scoring,
      ProcessorSupplier<byte[], Object, byte[], byte[]> following) {
    Deserializer<byte[]> read = new ByteArrayDeserializer();
    Serializer<byte[]> write = new ByteArraySerializer();
    Topology topology = new Topology().addSource(SOURCE, read, read, topics.observations());
    topics
        .acknowledgements()
        .ifPresent(topic -> topology.addSource(ACKNOWLEDGED, read, read, topic));
    String[] sources =
        topics.acknowledgements().isPresent()
            ? new String[] {SOURCE, ACKNOWLEDGED}
            : new String[] {SOURCE};
    topology
        .addProcessor(SCORING, scoring, sources)
        .addSink(ANOMALIES, topics.anomalies(), write, write, SCORING)
        .addSink(REJECTIONS, topics.rejections(), write, write, SCORING);
    EntityStores.builders().forEach(store -> topology.addStateStore(store, SCORING));
    topics.scores().ifPresent(scores -> topology.addSink(SCORES, scores, write, write, SCORING));
    topics
        .episodes()
        .ifPresent(
            episodes ->
                topology
                    .addProcessor(FOLLOWING, following, SCORING)
                    .addStateStore(EpisodeStore.builder(), FOLLOWING)
                    .addSink(EPISODES, episodes, write, write, FOLLOWING));
    return topology;
  }
}
