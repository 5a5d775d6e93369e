package dev.elbow.benchmarks.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.elbow.event.Rejection;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads what a detector has committed into an {@link Account}. Of one thread. */
final class ResultReader implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration AT_THE_END = Duration.ofMillis(100);

  private final ResultTopics topics;
  private final Account account;
  private final AcknowledgementAccount acknowledgements;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final List<TopicPartition> partitions;

  /**
   * The topics of results, all of which are there, and one that only rejections name.
   *
   * @param acknowledgements from which some of the rejections are
   */
  record ResultTopics(String scores, String anomalies, String rejections, String acknowledgements) {

    List<String> all() {
      return List.of(scores, anomalies, rejections);
    }
  }

  /**
   * @param count of each topic's partitions; a broker may not know yet of one that was just created
   */
  ResultReader(
      String bootstrapServers,
      ResultTopics topics,
      int count,
      Account account,
      AcknowledgementAccount acknowledgements) {
    this.topics = topics;
    this.account = account;
    this.acknowledgements = acknowledgements;
    this.consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "isolation.level",
                "read_committed",
                "auto.offset.reset",
                "earliest",
                "enable.auto.commit",
                false,
                "max.poll.records",
                5000),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    this.partitions =
        topics.all().stream()
            .flatMap(topic -> IntStream.range(0, count).mapToObj(p -> new TopicPartition(topic, p)))
            .toList();
    consumer.assign(partitions);
  }

  /** Takes what has come; waits so long if nothing has. */
  void read(Duration patience) throws IOException {
    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(patience)) {
      take(record);
    }
  }

  /** Takes all that there is, after the detector has ended. */
  void readToEnd() throws IOException {
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    while (ends.entrySet().stream()
        .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
      read(AT_THE_END);
    }
  }

  private void take(ConsumerRecord<byte[], byte[]> record) throws IOException {
    if (record.topic().equals(topics.rejections())) {
      takeRejection(record);
      return;
    }
    JsonNode event = JSON.readTree(record.value());
    JsonNode source = event.required("source");
    Account.Place place =
        new Account.Place(
            source.required("partition").intValue(), source.required("offset").longValue());
    if (record.topic().equals(topics.scores())) {
      account.scored(place, !event.has("score"), event.path("anomalous").booleanValue());
    } else if (event.has("score")) { // others are about an entity, not about a record
      account.anomaly(place);
    }
  }

  private void takeRejection(ConsumerRecord<byte[], byte[]> record) throws IOException {
    Account.Place place =
        new Account.Place(
            Integer.parseInt(header(record, Rejection.SOURCE_PARTITION)),
            Long.parseLong(header(record, Rejection.SOURCE_OFFSET)));
    int fingerprint = Fingerprint.ofRejected(record);
    if (header(record, Rejection.SOURCE_TOPIC).equals(topics.acknowledgements())) {
      acknowledgements.rejected(place, fingerprint);
    } else {
      account.rejected(place, header(record, Rejection.REASON), fingerprint);
    }
  }

  private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
    Header header = record.headers().lastHeader(name);
    return header == null ? "" : new String(header.value(), UTF_8);
  }

  @Override
  public void close() {
    consumer.close();
  }
}
