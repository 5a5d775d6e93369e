package dev.elbow.benchmarks.reliability;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.elbow.event.Rejection;
import java.io.IOException;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * What a result says of the record that it is about.
 *
 * @param kind which result it is
 * @param partition of the record, in the topic of observations
 * @param offset of the record
 * @param score in nats; NaN where there is none
 * @param anomalous whether an anomaly must be beside it
 * @param model id of the bundle that was active
 */
record Outcome(
    Kind kind, int partition, long offset, double score, boolean anomalous, String model) {

  enum Kind {
    /** A score, or that the entity is warming up. */
    SCORE,
    /** An anomaly, which comes with a score. */
    ANOMALY,
    REJECTION
  }

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Empty for events that are about an entity, not about a record. */
  static Optional<Outcome> of(ConsumerRecord<byte[], byte[]> record, Topics topics) {
    if (record.topic().equals(topics.rejections())) {
      return Optional.of(rejection(record));
    }
    if (record.topic().equals(topics.episodes())) {
      return Optional.empty();
    }
    JsonNode json = read(record);
    boolean isScore = record.topic().equals(topics.scores());
    return isScore || json.has("score")
        ? Optional.of(event(isScore ? Kind.SCORE : Kind.ANOMALY, json))
        : Optional.empty();
  }

  private static Outcome rejection(ConsumerRecord<byte[], byte[]> record) {
    return new Outcome(
        Kind.REJECTION,
        Integer.parseInt(header(record, Rejection.SOURCE_PARTITION)),
        Long.parseLong(header(record, Rejection.SOURCE_OFFSET)),
        Double.NaN,
        false,
        header(record, Rejection.MODEL));
  }

  private static Outcome event(Kind kind, JsonNode json) {
    JsonNode source = json.required("source");
    return new Outcome(
        kind,
        source.required("partition").intValue(),
        source.required("offset").longValue(),
        json.path("score").asDouble(Double.NaN),
        json.path("anomalous").booleanValue(),
        json.path("model").asText());
  }

  private static JsonNode read(ConsumerRecord<byte[], byte[]> record) {
    try {
      return JSON.readTree(record.value());
    } catch (IOException e) {
      throw new IllegalStateException(
          "%s-%d@%d is no result".formatted(record.topic(), record.partition(), record.offset()),
          e);
    }
  }

  private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
    Header header = record.headers().lastHeader(name);
    return header == null ? "" : new String(header.value(), UTF_8);
  }
}
