package dev.elbow.cli;

import dev.elbow.event.Observation;
import dev.elbow.event.ObservationFormat;
import dev.elbow.event.ObservationJson;
import dev.elbow.input.InvalidInputException;
import dev.elbow.trainer.data.SensorTable;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Sends the rows of a table to a topic as observations, keyed by entity, in order.
 *
 * <p>A row's timestamp becomes the record's, unless the topic would delete a record so old at once:
 * then records carry the moment of sending, and the observations inside keep their own time. A
 * missing value is left out.
 */
public final class Replay implements AutoCloseable {

  private final String topic;
  private final ObservationFormat format;
  private final OptionalLong retentionMillis;
  private final KafkaProducer<byte[], byte[]> producer;

  /**
   * What a replay did.
   *
   * @param records how many were sent and acknowledged
   * @param elapsed from the first record to the last acknowledgement
   */
  public record Summary(long records, Duration elapsed) {}

  /**
   * @param clientSettings at least {@code bootstrap.servers}
   * @param format how the observations are written
   * @throws InvalidInputException if no broker answers or the topic does not exist
   */
  public Replay(Map<String, String> clientSettings, String topic, ObservationFormat format)
      throws InterruptedException {
    Map<String, Object> settings = new HashMap<>(clientSettings);
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    this.topic = topic;
    this.format = format;
    TopicQuestion question = new TopicQuestion(clientSettings, topic);
    this.retentionMillis = retentionOf(question, topic);
    try {
      this.producer =
          new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    } catch (KafkaException e) {
      throw question.cannotWrite(e);
    }
  }

  /** How long the topic keeps a record; empty if for ever. */
  private static OptionalLong retentionOf(TopicQuestion question, String topic)
      throws InterruptedException {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    Config config =
        question
            .ask(admin -> admin.describeConfigs(List.of(resource)).all())
            .getOrDefault(resource, new Config(List.of()));
    long retention = Long.parseLong(config.get(TopicConfig.RETENTION_MS_CONFIG).value());
    boolean deletes =
        config
            .get(TopicConfig.CLEANUP_POLICY_CONFIG)
            .value()
            .contains(TopicConfig.CLEANUP_POLICY_DELETE);
    return deletes && retention >= 0 ? OptionalLong.of(retention) : OptionalLong.empty();
  }

  /**
   * Whether records can carry the rows' own timestamps: the table has them, and the topic would not
   * delete the oldest at once.
   */
  public boolean keepsRowTime(SensorTable table) {
    if (!table.hasTimestamps()) {
      return false;
    }
    if (retentionMillis.isEmpty()) {
      return true;
    }
    Instant kept = Instant.now().minusMillis(retentionMillis.getAsLong());
    return IntStream.range(0, table.count())
        .allMatch(i -> table.timestamp(i).orElseThrow().isAfter(kept));
  }

  /**
   * Sends every row and waits for the broker to acknowledge all.
   *
   * @param rate records per second; empty or 0 for as fast as the broker takes them
   * @param progress told how many have been sent
   * @throws InvalidInputException if the rate is negative or no number
   * @throws KafkaException if a record could not be sent
   */
  public Summary send(SensorTable table, Optional<Double> rate, LongConsumer progress)
      throws InterruptedException {
    double perSecond = rate.orElse(0.0);
    if (!(perSecond >= 0)) {
      throw new InvalidInputException(
          "--rate: expected a number of records per second, 0 for as many as the broker takes;"
              + " found "
              + perSecond);
    }
    boolean rowTime = keepsRowTime(table);
    AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    long start = System.nanoTime();
    for (int i = 0; i < table.count() && failure.get() == null; i++) {
      if (perSecond > 0) {
        awaitNanoTime(start + (long) (i / perSecond * 1e9));
      }
      var unused =
          producer.send(
              record(table, i, rowTime),
              (metadata, exception) -> {
                if (exception != null) {
                  failure.compareAndSet(null, exception);
                }
              });
      progress.accept(i + 1L);
    }
    producer.flush();
    Exception cause = failure.get();
    if (cause != null) {
      throw new KafkaException("a record could not be sent to " + topic, cause);
    }
    return new Summary(table.count(), Duration.ofNanos(System.nanoTime() - start));
  }

  private static void awaitNanoTime(long deadline) throws InterruptedException {
    long left = deadline - System.nanoTime();
    while (left > 0) {
      if (Thread.interrupted()) {
        throw new InterruptedException("replay was interrupted");
      }
      LockSupport.parkNanos(left);
      left = deadline - System.nanoTime();
    }
  }

  /**
   * Row {@code i} as an observation; a missing value is left out.
   *
   * @param otherwise its time if the table has none
   */
  public static Observation observation(SensorTable table, int i, Instant otherwise) {
    Map<String, Double> values = new LinkedHashMap<>();
    for (int d = 0; d < table.features(); d++) {
      double value = table.value(i, d);
      if (!Double.isNaN(value)) {
        values.put(table.sensors().get(d), value);
      }
    }
    return new Observation(table.entity(i), table.timestamp(i).orElse(otherwise), values);
  }

  private ProducerRecord<byte[], byte[]> record(SensorTable table, int i, boolean rowTime) {
    Instant now = Instant.now();
    Observation observation = observation(table, i, now);
    return new ProducerRecord<>(
        topic,
        null,
        (rowTime ? observation.timestamp() : now).toEpochMilli(),
        ObservationJson.encodeKey(observation),
        format.encodeValue(observation));
  }

  @Override
  public void close() {
    producer.close();
  }
}
