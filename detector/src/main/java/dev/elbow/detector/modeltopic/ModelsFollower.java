package dev.elbow.detector.modeltopic;

import dev.elbow.detector.metrics.ModelMetrics;
import dev.elbow.detector.models.ModelSchedule;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the models topic from its beginning, on a thread of its own, and tells the schedule what it
 * says: first when it has come to what was its end at the start, then whenever something is added.
 * It is in no group and commits nothing, so that every detector reads all of it.
 */
public final class ModelsFollower implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ModelsFollower.class);

  /** Also how often idle models are looked for. */
  private static final Duration POLL = Duration.ofMillis(500);

  /** After a failure. */
  private static final Duration BACKOFF = Duration.ofSeconds(5);

  private final TopicPartition partition;
  private final FollowedTopic topic;
  private final ModelSchedule schedule;
  private final Consumer<byte[], byte[]> consumer;
  private final Thread thread;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final CountDownLatch followed = new CountDownLatch(1);
  private volatile String waitingFor;

  /** Where the topic ended when this began; −1 before it is known. */
  private long end = -1;

  /** The offset to go on with; −1 for the beginning. */
  private long next = -1;

  /** Whether the end has been reached. */
  private boolean isThere;

  /**
   * Starts to read.
   *
   * @param settings of the consumer
   * @param topic with one partition
   * @param pinned the bundle that scores whatever the activations say, if there is one
   * @param schedule told what to follow
   * @throws KafkaException if the client refuses its settings
   */
  public static ModelsFollower start(
      Map<String, Object> settings,
      String topic,
      Optional<String> pinned,
      BundleFiles files,
      ModelSchedule schedule,
      ModelMetrics metrics) {
    ModelsFollower follower =
        new ModelsFollower(
            settings, topic, new FollowedTopic(topic, pinned, files, metrics), schedule);
    follower.thread.start();
    return follower;
  }

  private ModelsFollower(
      Map<String, Object> settings, String name, FollowedTopic topic, ModelSchedule schedule) {
    this.partition = new TopicPartition(name, 0);
    this.topic = topic;
    this.schedule = schedule;
    this.consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    this.waitingFor = "no model: topic %s is being read".formatted(name);
    this.thread = new Thread(this::run, "elbow-models");
    thread.setDaemon(true);
  }

  /** Waits until there is a model; {@link #waitingFor} says why there is none yet. */
  public void awaitModel() throws InterruptedException {
    followed.await();
  }

  /** Why there is no model, for a person, until there is one. */
  public String waitingFor() {
    return waitingFor;
  }

  private void run() {
    try (consumer) {
      consumer.assign(List.of(partition));
      while (!isStopping()) {
        try {
          step();
        } catch (WakeupException stopped) {
          LOG.debug("{} is followed no more", partition.topic());
        } catch (RuntimeException | Error e) {
          backOff(e);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Goes on behind the last record taken, also after a failure. */
  private void step() {
    if (end < 0) {
      end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
    }
    if (next < 0) {
      consumer.seekToBeginning(List.of(partition));
    } else {
      consumer.seek(partition, next);
    }
    boolean news = true;
    while (!isStopping()) {
      boolean wasThere = isThere;
      isThere = isThere || consumer.position(partition) >= end;
      if (isThere && !wasThere) {
        topic.forgetOthers();
      }
      if (isThere && (news || !wasThere)) {
        follow();
      } else if (isThere) {
        schedule.refresh();
      }
      ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
      records.forEach(this::take);
      news = !records.isEmpty();
    }
  }

  private void take(ConsumerRecord<byte[], byte[]> record) {
    topic.take(record);
    next = record.offset() + 1;
  }

  private void follow() {
    schedule.follow(topic.followable());
    if (!schedule.isEmpty()) {
      followed.countDown();
    } else if (followed.getCount() > 0 && !waitingFor.equals(topic.whyNothing())) {
      waitingFor = topic.whyNothing();
      LOG.warn("Waiting: {}", waitingFor);
    }
  }

  /** What is scored goes on meanwhile, with the models there are. */
  private void backOff(Throwable e) throws InterruptedException {
    LOG.warn(
        "Topic {} cannot be read, trying again in {} s: {}",
        partition.topic(),
        BACKOFF.toSeconds(),
        e.toString());
    stopping.await(BACKOFF.toMillis(), TimeUnit.MILLISECONDS);
  }

  private boolean isStopping() {
    return stopping.getCount() == 0;
  }

  /** Ends it; returns when it has ended. */
  @Override
  public void close() {
    stopping.countDown();
    consumer.wakeup();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
