package dev.elbow.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.elbow.broker.EmbeddedBroker;
import dev.elbow.event.Acknowledgement;
import dev.elbow.event.AcknowledgementJson;
import dev.elbow.event.DecodedAcknowledgement;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AcknowledgeTest {

  private static EmbeddedBroker broker;

  @BeforeAll
  static void startBroker() throws IOException {
    broker = EmbeddedBroker.startTemporary();
    for (String topic : List.of("acknowledgements", "plain", "shifts", "narrow")) {
      broker.createTopic(topic, topic.equals("narrow") ? 1 : 2, Map.of());
    }
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @Test
  void sendsWhatItSaysToWhereItSays() {
    Instant before = Instant.now();

    Run run = acknowledge("--entity", "pump-7", "--by", "anna", "--note", "new impeller");

    assertThat(run.exitCode()).as(run.err()).isZero();
    ConsumerRecord<byte[], byte[]> record = onlyRecordOf("acknowledgements");
    assertThat(run.out())
        .isEqualTo(
            "sent %s to acknowledgements-%d@0%n"
                .formatted(new String(record.value(), UTF_8), record.partition()));
    assertThat(record.key()).asString(UTF_8).isEqualTo("pump-7");
    Acknowledgement sent = decode(record);
    assertThat(sent.entity()).isEqualTo("pump-7");
    assertThat(sent.by()).contains("anna");
    assertThat(sent.note()).contains("new impeller");
    assertThat(sent.timestamp()).isBetween(before, Instant.now());
    assertThat(record.timestamp()).isEqualTo(sent.timestamp().toEpochMilli());
  }

  @Test
  void needsNeitherWhoNorWhy() {
    Run run = acknowledge("--entity", "pump-7", "--topic", "plain");

    assertThat(run.exitCode()).as(run.err()).isZero();
    Acknowledgement sent = decode(onlyRecordOf("plain"));
    assertThat(sent.by()).isEmpty();
    assertThat(sent.note()).isEmpty();
  }

  /** Kafka's own producers put these two into different partitions of two. */
  @ParameterizedTest
  @ValueSource(strings = {"pump-1", "pump-3"})
  void goesByThePartitionThatIsNamed(String entity) {
    Run run = acknowledge("--entity", entity, "--topic", "shifts", "--partition", "1");

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).contains(" to shifts-1@");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "1"})
  void refusesPartitionThatIsNotThere(String partition) {
    Run run = acknowledge("--entity", "pump-7", "--topic", "narrow", "--partition=" + partition);

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("--partition: expected a number from 0 to 0", "narrow has 1");
    assertThat(records("narrow")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  "})
  void refusesBlankEntity(String entity) {
    Run run = acknowledge("--entity", entity);

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("--entity: expected the name of a machine");
  }

  @Test
  void refusesEntityThatNoObservationCanHave() {
    Run run = acknowledge("--entity", "p".repeat(257));

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("at most 256 characters");
  }

  @Test
  void saysWhichTopicIsMissing() {
    Run run = acknowledge("--entity", "pump-7", "--topic", "nowhere");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("topic nowhere", "no such topic", "create it");
  }

  @Test
  void asksWhichKafkaIsMeant() {
    Run run = Run.elbow("acknowledge", "--entity", "pump-7");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("--bootstrap-server is missing");
  }

  private static Run acknowledge(String... arguments) {
    return Run.elbow(
        Stream.concat(
                Stream.of("acknowledge", "--bootstrap-server", broker.bootstrapServers()),
                Stream.of(arguments))
            .toArray(String[]::new));
  }

  private static Acknowledgement decode(ConsumerRecord<byte[], byte[]> record) {
    DecodedAcknowledgement decoded =
        AcknowledgementJson.decode(record.key(), record.value(), Instant.EPOCH);
    return ((DecodedAcknowledgement.Valid) decoded).acknowledgement();
  }

  private static ConsumerRecord<byte[], byte[]> onlyRecordOf(String topic) {
    List<ConsumerRecord<byte[], byte[]>> records = records(topic);
    assertThat(records).hasSize(1);
    return records.get(0);
  }

  /** All there are by now. */
  private static List<ConsumerRecord<byte[], byte[]>> records(String topic) {
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", broker.bootstrapServers(), "auto.offset.reset", "earliest"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(partition -> new TopicPartition(topic, partition.partition()))
              .toList();
      consumer.assign(partitions);
      long count =
          consumer.endOffsets(partitions).values().stream().mapToLong(Long::longValue).sum();
      List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
      while (records.size() < count) {
        consumer.poll(Duration.ofMillis(100)).forEach(records::add);
      }
      return records;
    }
  }
}
