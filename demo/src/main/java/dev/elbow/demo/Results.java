package dev.elbow.demo;

import dev.elbow.event.Anomaly;
import dev.elbow.event.AnomalyEvent;
import dev.elbow.event.AnomalyEventJson;
import dev.elbow.event.Episode;
import dev.elbow.event.EpisodeJson;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads what the detector publishes, as any other program would: committed anomalies, episodes and
 * rejections, on a thread of its own from construction to {@link #close}.
 */
final class Results implements AutoCloseable {

  private static final Duration POLL = Duration.ofMillis(100);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final String anomaliesTopic;
  private final String episodesTopic;
  private final Consumer<AnomalyEvent> onEvent;
  private final Consumer<Episode> onEpisode;
  private final List<Arrival> anomalies = new ArrayList<>();
  private final Thread thread;
  private long episodes;
  private long rejections;
  private Optional<Throwable> failure = Optional.empty();
  private volatile boolean closing;

  /**
   * An anomaly as it was read.
   *
   * @param nanos when, in terms of {@link System#nanoTime}
   */
  record Arrival(Anomaly anomaly, long nanos) {}

  /**
   * @param onEvent told of each event of the anomalies topic on the reading thread
   * @param onEpisode told of each event of the episodes topic on the same thread
   */
  Results(
      String bootstrapServers,
      String anomaliesTopic,
      String episodesTopic,
      String rejectionsTopic,
      int partitions,
      Consumer<AnomalyEvent> onEvent,
      Consumer<Episode> onEpisode) {
    this.anomaliesTopic = anomaliesTopic;
    this.episodesTopic = episodesTopic;
    this.onEvent = onEvent;
    this.onEpisode = onEpisode;
    consumer =
        new KafkaConsumer<>(
            Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed",
                ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG,
                ByteArrayDeserializer.class,
                ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG,
                ByteArrayDeserializer.class));
    List<TopicPartition> all = new ArrayList<>();
    for (int partition = 0; partition < partitions; partition++) {
      all.add(new TopicPartition(anomaliesTopic, partition));
      all.add(new TopicPartition(episodesTopic, partition));
      all.add(new TopicPartition(rejectionsTopic, partition));
    }
    consumer.assign(all);
    consumer.seekToBeginning(all);
    thread = new Thread(this::read, "elbow-demo-results");
    thread.setUncaughtExceptionHandler((dead, exception) -> fail(exception));
    thread.start();
  }

  private void read() {
    try (consumer) {
      while (!closing) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          long now = System.nanoTime();
          if (record.topic().equals(anomaliesTopic)) {
            AnomalyEvent event = AnomalyEventJson.decode(record.value());
            if (event instanceof Anomaly anomaly) {
              add(new Arrival(anomaly, now));
            }
            onEvent.accept(event);
          } else if (record.topic().equals(episodesTopic)) {
            Episode episode = EpisodeJson.decode(record.value());
            add(episode);
            onEpisode.accept(episode);
          } else {
            reject();
          }
        }
      }
    } catch (WakeupException e) {
      assert closing : "only close wakes the consumer up";
    }
  }

  private synchronized void add(Arrival arrival) {
    anomalies.add(arrival);
  }

  private synchronized void add(Episode episode) {
    episodes += episode.status() == Episode.Status.STARTED ? 1 : 0;
  }

  private synchronized void reject() {
    rejections++;
  }

  private synchronized void fail(Throwable exception) {
    failure = Optional.of(exception);
  }

  /** The anomalies read so far, in the order of their coming. */
  synchronized List<Arrival> anomalies() {
    return List.copyOf(anomalies);
  }

  /** How many episodes have begun by what was read so far. */
  synchronized long episodes() {
    return episodes;
  }

  /** How many rejections have been read so far. */
  synchronized long rejections() {
    return rejections;
  }

  /** How many anomalies and rejections have been read so far. */
  synchronized long count() {
    return anomalies.size() + rejections;
  }

  /**
   * @throws IllegalStateException if reading has ended by an error
   */
  synchronized void requireAlive() {
    if (failure.isPresent()) {
      throw new IllegalStateException("the results can no longer be read", failure.get());
    }
  }

  @Override
  public void close() {
    closing = true;
    consumer.wakeup();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
