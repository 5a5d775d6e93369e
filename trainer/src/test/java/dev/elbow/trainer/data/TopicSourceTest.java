package dev.elbow.trainer.data;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elbow.broker.EmbeddedBroker;
import dev.elbow.bundle.Lineage;
import dev.elbow.event.Observation;
import dev.elbow.event.ObservationAvro;
import dev.elbow.event.ObservationFormat;
import dev.elbow.event.ObservationJson;
import dev.elbow.event.WriterSchemas;
import dev.elbow.input.InvalidInputException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** On a real broker, because offsets, transactions and retention are what it is about. */
@Timeout(60)
class TopicSourceTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int NO_KEY = -1;

  private static EmbeddedBroker broker;

  @BeforeAll
  static void startBroker() throws IOException {
    broker = EmbeddedBroker.startTemporary();
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @Test
  void readsAllPartitionsInTheOrderOfTime() {
    broker.createTopic("ordered", 2, Map.of());
    try (KafkaProducer<byte[], byte[]> producer = producer(Map.of())) {
      send(producer, row("ordered", 0, 1, 3, "{\"values\":{\"b\":3,\"a\":30}}"));
      send(producer, row("ordered", 0, 1, 1, "{\"values\":{\"b\":1}}"));
      send(producer, row("ordered", 1, 2, 2, "{\"c\":2,\"b\":null,\"label\":1}"));
    }

    SensorTable table = source("ordered").read();

    assertThat(table.sensors()).containsExactly("a", "b", "c");
    assertThat(table.row(0)).containsExactly(Double.NaN, 1, Double.NaN);
    assertThat(table.row(1)).containsExactly(Double.NaN, Double.NaN, 2);
    assertThat(table.row(2)).containsExactly(30, 3, Double.NaN);
    assertThat(table.timestamp(1)).contains(Instant.ofEpochMilli(2));
    assertThat(table.entities()).containsExactly("pump-1", "pump-2");
    assertThat(table.entity(1)).isEqualTo("pump-2");
    assertThat(table.hasLabels()).isFalse();
    assertThat(table.source())
        .isEqualTo(
            new Lineage.Topic(
                "ordered",
                Optional.empty(),
                Optional.empty(),
                List.of(
                    new Lineage.PartitionRange(0, 0, 2, 2),
                    new Lineage.PartitionRange(1, 0, 1, 1))));
  }

  @Test
  void readsAvroAndCountsWhatIsNone() {
    broker.createTopic("avro", 1, Map.of());
    ObservationAvro avro = new ObservationAvro(WriterSchemas.published());
    Instant time = Instant.parse("2026-03-01T00:00:00Z");
    byte[] value = avro.encodeValue(new Observation("pump-1", time, Map.of("b", 2.0, "a", 1.0)));
    try (KafkaProducer<byte[], byte[]> producer = producer(Map.of())) {
      send(producer, new ProducerRecord<>("avro", 0, 7L, "pump-1".getBytes(UTF_8), value));
      send(producer, row("avro", 0, 1, 8, "{\"values\":{\"a\":1}}"));
    }

    SensorTable table = source("avro", avro, Optional.empty(), Optional.empty()).read();

    assertThat(table.sensors()).containsExactly("a", "b");
    assertThat(table.row(0)).containsExactly(1, 2);
    assertThat(table.entity(0)).isEqualTo("pump-1");
    assertThat(table.timestamp(0)).contains(time);
    assertThat(table.skipped().byReason()).containsOnlyKeys("malformed-avro");
  }

  @Test
  void readsFromOneTimeUpToAnother() {
    broker.createTopic("between", 2, Map.of());
    try (KafkaProducer<byte[], byte[]> producer = producer(Map.of())) {
      for (int t = 0; t < 100; t++) {
        send(producer, row("between", t % 2, NO_KEY, t, "{\"values\":{\"a\":" + t + "}}"));
      }
    }

    SensorTable table =
        source(
                "between",
                Optional.of(Instant.ofEpochMilli(31)),
                Optional.of(Instant.ofEpochMilli(40)))
            .read();

    assertThat(table.count()).isEqualTo(9);
    assertThat(table.value(0, 0)).isEqualTo(31);
    assertThat(table.value(8, 0)).isEqualTo(39);
    assertThat(table.hasEntities()).isFalse();
    assertThat(table.source())
        .isEqualTo(
            new Lineage.Topic(
                "between",
                Optional.of(Instant.ofEpochMilli(31)),
                Optional.of(Instant.ofEpochMilli(40)),
                List.of(
                    new Lineage.PartitionRange(0, 16, 20, 4),
                    new Lineage.PartitionRange(1, 15, 20, 5))));
  }

  @Test
  void readsNothingThatIsWrittenWhileItReads() {
    broker.createTopic("growing", 1, Map.of());
    List<String> told = new ArrayList<>();
    try (KafkaProducer<byte[], byte[]> producer = producer(Map.of())) {
      send(producer, row("growing", 0, NO_KEY, 1, "{\"values\":{\"a\":1}}"));

      SensorTable table =
          source("growing")
              .read(
                  (done, total) -> {
                    told.add(done + "/" + total);
                    send(producer, row("growing", 0, NO_KEY, 2, "{\"values\":{\"a\":2}}"));
                  });

      assertThat(table.count()).isOne();
      assertThat(told).startsWith("0/1").endsWith("1/1");
    }
  }

  /** Offset 0 is committed, 2 aborted; 1 and 3 are the marks that say so. */
  @Test
  void readsCommittedRecordsOnlyAndEndsAtTransactionMarks() {
    broker.createTopic("transactions", 1, Map.of());
    try (KafkaProducer<byte[], byte[]> producer = producer(Map.of("transactional.id", "writer"))) {
      producer.initTransactions();
      producer.beginTransaction();
      send(producer, row("transactions", 0, NO_KEY, 1, "{\"values\":{\"a\":1}}"));
      producer.commitTransaction();
      producer.beginTransaction();
      send(producer, row("transactions", 0, NO_KEY, 2, "{\"values\":{\"a\":2}}"));
      producer.abortTransaction();

      SensorTable table = source("transactions").read();

      assertThat(table.count()).isOne();
      assertThat(table.value(0, 0)).isOne();
      assertThat(((Lineage.Topic) table.source()).partitions())
          .containsExactly(new Lineage.PartitionRange(0, 0, 4, 1));
    }
  }

  @Test
  void stopsBeforeTransactionsThatAreStillOpen() {
    broker.createTopic("open", 1, Map.of());
    try (KafkaProducer<byte[], byte[]> plain = producer(Map.of());
        KafkaProducer<byte[], byte[]> producer = producer(Map.of("transactional.id", "slow"))) {
      send(plain, row("open", 0, NO_KEY, 1, "{\"values\":{\"a\":1}}"));
      producer.initTransactions();
      producer.beginTransaction();
      send(producer, row("open", 0, NO_KEY, 2, "{\"values\":{\"a\":2}}"));

      SensorTable table = source("open").read();

      assertThat(table.count()).isOne();
      producer.abortTransaction();
    }
  }

  @Test
  void startsWhereRetentionHasLeftOff() throws Exception {
    broker.createTopic("trimmed", 1, Map.of());
    try (KafkaProducer<byte[], byte[]> producer = producer(Map.of())) {
      for (int t = 0; t < 10; t++) {
        send(producer, row("trimmed", 0, NO_KEY, t, "{\"values\":{\"a\":" + t + "}}"));
      }
    }
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      admin
          .deleteRecords(Map.of(new TopicPartition("trimmed", 0), RecordsToDelete.beforeOffset(7)))
          .all()
          .get();
    }

    SensorTable table = source("trimmed").read();

    assertThat(table.count()).isEqualTo(3);
    assertThat(((Lineage.Topic) table.source()).partitions())
        .containsExactly(new Lineage.PartitionRange(0, 7, 10, 3));
  }

  @Test
  void countsRecordsThatAreNoObservations() {
    broker.createTopic("spoilt", 1, Map.of());
    try (KafkaProducer<byte[], byte[]> producer = producer(Map.of())) {
      send(producer, row("spoilt", 0, NO_KEY, 1, "{\"values\":{\"a\":1}}"));
      send(producer, row("spoilt", 0, NO_KEY, 2, "{\"values\":"));
      send(producer, row("spoilt", 0, NO_KEY, 3, "{\"values\":{\"a\":\"high\"}}"));
      send(producer, row("spoilt", 0, NO_KEY, 4, "{\"values\":{\"a\":null}}"));
      send(producer, new ProducerRecord<>("spoilt", 0, 5L, new byte[0], (byte[]) null));
    }

    SensorTable table = source("spoilt").read();

    assertThat(table.count()).isOne();
    assertThat(table.skipped().count()).isEqualTo(4);
    assertThat(table.skipped().byReason())
        .containsOnlyKeys("malformed-json", "wrong-type", "too-few-sensors", "tombstone");
    assertThat(table.skipped().examples()).hasSize(4);
    assertThat(table.skipped().examples().get(0)).startsWith("spoilt-0@1: malformed-json: ");
  }

  @Test
  void rejectsTopicsWithoutObservations() {
    broker.createTopic("no-observations", 1, Map.of());
    try (KafkaProducer<byte[], byte[]> producer = producer(Map.of())) {
      send(producer, row("no-observations", 0, NO_KEY, 1, "[]"));
    }

    assertThatThrownBy(() -> source("no-observations").read())
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith(
            "topic no-observations: no observation in the range, 1 records that are none:"
                + " no-observations-0@0: wrong-type");
  }

  @Test
  void rejectsTopicsThatAreMissingOrEmpty() {
    broker.createTopic("empty", 2, Map.of());

    assertThatThrownBy(() -> source("absent").read())
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("topic absent: there is no such topic at 127.0.0.1:");
    assertThatThrownBy(() -> source("empty").read())
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("topic empty: it is empty");
  }

  @Test
  void rejectsRangesWithoutRecords() {
    broker.createTopic("early", 1, Map.of());
    try (KafkaProducer<byte[], byte[]> producer = producer(Map.of())) {
      send(producer, row("early", 0, NO_KEY, 1, "{\"values\":{\"a\":1}}"));
    }

    assertThatThrownBy(
            () -> source("early", Optional.of(Instant.ofEpochMilli(2)), Optional.empty()).read())
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "topic early: no record from 1970-01-01T00:00:00.002Z to the end among the 1 it holds");
    assertThatThrownBy(
            () -> source("early", Optional.of(Instant.EPOCH), Optional.of(Instant.EPOCH)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("expected a time range");
  }

  @Test
  void readsFromBeforeKafkasFirstTime() {
    broker.createTopic("old", 1, Map.of());
    try (KafkaProducer<byte[], byte[]> producer = producer(Map.of())) {
      send(producer, row("old", 0, NO_KEY, 1, "{\"values\":{\"a\":1}}"));
    }
    Optional<Instant> sixties = Optional.of(Instant.parse("1960-01-01T00:00:00Z"));

    assertThat(source("old", sixties, Optional.empty()).read().count()).isEqualTo(1);
    assertThatThrownBy(() -> source("old", Optional.empty(), sixties).read())
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("topic old: no record from the beginning to 1960-01-01T00:00:00Z");
  }

  @Test
  void saysWhichBrokerDoesNotAnswer() {
    Map<String, String> nobody = Map.of("bootstrap.servers", "127.0.0.1:1");

    assertThatThrownBy(
            () ->
                new TopicSource(
                        nobody,
                        "t",
                        ObservationJson.FORMAT,
                        Optional.empty(),
                        Optional.empty(),
                        Duration.ofSeconds(1))
                    .read())
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "topic t: no answer from 127.0.0.1:1 within 1 s; is it the right address, and is Kafka"
                + " running?");
  }

  @Test
  void saysWhichAddressIsNone() {
    Map<String, String> nowhere = Map.of("bootstrap.servers", "no port");

    assertThatThrownBy(
            () ->
                new TopicSource(
                        nowhere,
                        "t",
                        ObservationJson.FORMAT,
                        Optional.empty(),
                        Optional.empty(),
                        PATIENCE)
                    .read())
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("topic t at no port cannot be read: Invalid url");
  }

  private static TopicSource source(String topic) {
    return source(topic, Optional.empty(), Optional.empty());
  }

  private static TopicSource source(String topic, Optional<Instant> from, Optional<Instant> to) {
    return source(topic, ObservationJson.FORMAT, from, to);
  }

  private static TopicSource source(
      String topic, ObservationFormat format, Optional<Instant> from, Optional<Instant> to) {
    return new TopicSource(
        Map.of("bootstrap.servers", broker.bootstrapServers()), topic, format, from, to, PATIENCE);
  }

  private static KafkaProducer<byte[], byte[]> producer(Map<String, String> more) {
    Map<String, Object> settings = new HashMap<>(more);
    settings.put("bootstrap.servers", broker.bootstrapServers());
    return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** Waits for the acknowledgement: a test begins with its records on the broker. */
  private static void send(
      KafkaProducer<byte[], byte[]> producer, ProducerRecord<byte[], byte[]> row) {
    try {
      producer.send(row).get();
    } catch (InterruptedException e) {
      throw new InterruptException(e); // restores the interrupt flag
    } catch (ExecutionException e) {
      throw new AssertionError("the broker did not take the record", e);
    }
  }

  private static ProducerRecord<byte[], byte[]> row(
      String topic, int partition, int pump, long millis, String json) {
    byte[] key = pump == NO_KEY ? new byte[0] : ("pump-" + pump).getBytes(UTF_8);
    return new ProducerRecord<>(topic, partition, millis, key, json.getBytes(UTF_8));
  }
}
