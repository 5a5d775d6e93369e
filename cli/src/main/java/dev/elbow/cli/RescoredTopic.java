package dev.elbow.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.elbow.detector.replay.TopicRecords;
import dev.elbow.detector.topology.Rejudged;
import dev.elbow.event.AnomalyEventJson;
import dev.elbow.event.ScoreEventJson;
import dev.elbow.event.WarmingUpJson;
import dev.elbow.input.InvalidInputException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * A side topic of scores that were computed once more. Each carries the header {@value #HEADER} and
 * a field of that name, and no anomaly is among them: what alerts reads the anomalies topic and the
 * metrics of detectors, and a replay touches neither.
 */
final class RescoredTopic implements Rescored {

  static final String HEADER = "replay";

  /** Topics on which a record may wake somebody, or would be taken for an original. */
  private static final Set<String> OTHERS =
      Set.of("anomalies", "episodes", "rejections", "acknowledgements", "models", "observations");

  /**
   * So many offsets at the end of a partition are looked at; the last may be a transaction's mark.
   */
  private static final int LOOKED_AT = 16;

  private final TopicQuestion question;
  private final String topic;
  private final KafkaProducer<byte[], byte[]> producer;
  private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

  private RescoredTopic(
      TopicQuestion question, String topic, KafkaProducer<byte[], byte[]> producer) {
    this.question = question;
    this.topic = topic;
    this.producer = producer;
  }

  /**
   * @param source the topic that is read
   * @throws InvalidInputException if the topic is not there or is one that a replay must not touch
   */
  static RescoredTopic open(
      Map<String, String> connection, TopicRecords records, String source, String topic) {
    if (topic.equals(source) || OTHERS.contains(topic)) {
      throw new InvalidInputException(
          "--output-topic %s: expected a topic of its own for scores of a replay, such as %s-replay"
              .formatted(topic, source));
    }
    for (TopicPartition partition : records.partitions(topic)) {
      refuseAnomalies(records, partition);
    }
    Map<String, Object> settings = new HashMap<>(connection);
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    return new RescoredTopic(
        new TopicQuestion(connection, topic),
        topic,
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer()));
  }

  /** A detector may publish its anomalies under any name. */
  private static void refuseAnomalies(TopicRecords records, TopicPartition partition) {
    long end = records.end(partition);
    List<ConsumerRecord<byte[], byte[]>> last = new ArrayList<>();
    records.read(partition, Math.max(records.first(partition), end - LOOKED_AT), end, last::addAll);
    if (last.stream().anyMatch(RescoredTopic::isAnomaly)) {
      throw new InvalidInputException(
          "--output-topic %s: it holds anomalies, and a replay must not alert; choose another"
              .formatted(partition.topic()));
    }
  }

  private static boolean isAnomaly(ConsumerRecord<byte[], byte[]> record) {
    try {
      AnomalyEventJson.decode(record.value() == null ? new byte[0] : record.value());
      return true;
    } catch (InvalidInputException somethingElse) {
      return false;
    }
  }

  /** What was rejected has no score and leaves no record. */
  @Override
  public void write(Rejudged record) {
    if (record instanceof Rejudged.Score score) {
      send(score.event().entity(), ScoreEventJson.encodeReplay(score.event()));
    } else if (record instanceof Rejudged.Warming warming) {
      send(warming.event().entity(), WarmingUpJson.encodeReplay(warming.event()));
    }
  }

  /** With the present time: a topic deletes records that are older than it keeps them. */
  private void send(String entity, byte[] value) {
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(topic, entity.getBytes(UTF_8), value);
    record.headers().add(HEADER, "true".getBytes(UTF_8));
    try {
      var unused =
          producer.send(
              record,
              (metadata, refused) -> {
                if (refused != null) {
                  failure.compareAndSet(null, refused);
                }
              });
    } catch (InterruptException e) {
      throw e;
    } catch (KafkaException e) {
      throw question.cannotWrite(e);
    }
  }

  @Override
  public void commit() {
    producer.flush();
    Optional.ofNullable(failure.get())
        .ifPresent(
            refused -> {
              throw question.cannotWrite(refused);
            });
  }

  @Override
  public void close() {
    producer.close();
  }
}
