package dev.elbow.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.BindException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EmbeddedBrokerTest {

  private static final String TOPIC = "readings";
  private static final TopicPartition PARTITION = new TopicPartition(TOPIC, 0);

  private static EmbeddedBroker shared;

  @BeforeAll
  static void startBroker() throws IOException {
    Instant before = Instant.now();
    shared = EmbeddedBroker.startTemporary();
    System.out.printf(
        "broker started in %d ms%n", Duration.between(before, Instant.now()).toMillis());
  }

  @AfterAll
  static void closeBroker() {
    shared.close();
  }

  @Test
  void keepsRecordsWithOldTimestampsAndTheirOrder() throws Exception {
    shared.createTopic("old", 1, Map.of());

    send(shared, "old", 0L, "a", "b", "c");

    assertThat(read(shared, new TopicPartition("old", 0))).containsExactly("a", "b", "c");
  }

  @Test
  void hidesAbortedTransactionsFromReadCommitted() throws Exception {
    shared.createTopic("transactions", 1, Map.of());
    Map<String, Object> settings = producerSettings(shared);
    settings.put("transactional.id", "writer");

    try (KafkaProducer<String, String> producer = new KafkaProducer<>(settings)) {
      producer.initTransactions();
      producer.beginTransaction();
      producer.send(new ProducerRecord<>("transactions", "kept")).get();
      producer.commitTransaction();
      producer.beginTransaction();
      producer.send(new ProducerRecord<>("transactions", "dropped")).get();
      producer.abortTransaction();
      producer.beginTransaction();
      producer.send(new ProducerRecord<>("transactions", "kept too")).get();
      producer.commitTransaction();
    }

    assertThat(read(shared, new TopicPartition("transactions", 0)))
        .containsExactly("kept", "kept too");
  }

  @Test
  void restartKeepsDataAndPort(@TempDir Path directory) throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(directory)) {
      broker.createTopic(TOPIC, 1, Map.of());
      send(broker, TOPIC, 0L, "before");
      int port = broker.port();

      broker.restart();

      send(broker, TOPIC, 0L, "after");
      assertThat(broker.port()).isEqualTo(port);
      assertThat(read(broker, PARTITION)).containsExactly("before", "after");
    }
  }

  @Test
  void takesUpADirectoryThatAnotherBrokerLeft(@TempDir Path directory) throws Exception {
    try (EmbeddedBroker first = EmbeddedBroker.start(directory)) {
      first.createTopic(TOPIC, 1, Map.of());
      send(first, TOPIC, 0L, "from the first");
    }

    try (EmbeddedBroker second = EmbeddedBroker.start(directory)) {
      assertThat(read(second, PARTITION)).containsExactly("from the first");
    }
    assertThat(directory).exists();
  }

  @Test
  void closeDeletesTemporaryDataAndMayBeRepeated() throws IOException {
    EmbeddedBroker broker = EmbeddedBroker.startTemporary();
    Path directory = broker.dataDirectory();
    assertThat(directory).isDirectory();

    broker.close();
    broker.close();

    assertThat(directory).doesNotExist();
    assertThatThrownBy(broker::restart).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void takesExtraBrokerProperties() throws Exception {
    try (EmbeddedBroker broker =
        EmbeddedBroker.builder().property("message.max.bytes", "1000").start()) {
      broker.createTopic(TOPIC, 1, Map.of());

      assertThatThrownBy(() -> send(broker, TOPIC, 0L, "x".repeat(2000)))
          .hasCauseInstanceOf(RecordTooLargeException.class);
    }
  }

  @Test
  void refusesAPortThatIsTaken() {
    assertThatThrownBy(() -> EmbeddedBroker.builder().port(shared.port()).start())
        .isInstanceOf(BindException.class)
        .hasMessageContaining(Integer.toString(shared.port()));
  }

  @Test
  void refusesToCreateATopicTwice() {
    shared.createTopic("once", 2, Map.of("cleanup.policy", "compact"));

    assertThatThrownBy(() -> shared.createTopic("once", 2, Map.of()))
        .isInstanceOf(TopicExistsException.class);
  }

  @Test
  void neverCreatesTopicsByItself() throws Exception {
    Map<String, Object> settings = producerSettings(shared);
    settings.put("max.block.ms", "500");

    try (KafkaProducer<String, String> producer = new KafkaProducer<>(settings);
        Admin admin = Admin.create(Map.of("bootstrap.servers", shared.bootstrapServers()))) {
      assertThatThrownBy(() -> producer.partitionsFor("absent"))
          .isInstanceOf(TimeoutException.class);
      assertThat(admin.listTopics().names().get()).doesNotContain("absent");
    }
  }

  @Test
  void hasExactlyOneLoggingBackEnd() throws IOException {
    ClassLoader loader = EmbeddedBrokerTest.class.getClassLoader();

    List<String> providers = new ArrayList<>();
    for (URL file :
        Collections.list(
            loader.getResources("META-INF/services/org.slf4j.spi.SLF4JServiceProvider"))) {
      try (InputStream in = file.openStream()) {
        providers.add(new String(in.readAllBytes(), StandardCharsets.UTF_8).strip());
      }
    }

    assertThat(providers).hasSize(1);
    assertThat(loader.getResource("org/apache/logging/log4j/core/LoggerContext.class")).isNull();
  }

  private static void send(EmbeddedBroker broker, String topic, long timestamp, String... values)
      throws Exception {
    try (KafkaProducer<String, String> producer = new KafkaProducer<>(producerSettings(broker))) {
      for (String value : values) {
        producer.send(new ProducerRecord<>(topic, 0, timestamp, "key", value)).get();
      }
    }
  }

  /** All committed values of a partition, up to its end now. */
  private static List<String> read(EmbeddedBroker broker, TopicPartition partition) {
    Map<String, Object> settings =
        Map.of(
            "bootstrap.servers",
            broker.bootstrapServers(),
            "isolation.level",
            "read_committed",
            "key.deserializer",
            StringDeserializer.class,
            "value.deserializer",
            StringDeserializer.class);
    List<String> values = new ArrayList<>();
    try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(settings)) {
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
      while (consumer.position(partition) < end) {
        for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofSeconds(1))) {
          values.add(record.value());
        }
      }
    }
    return values;
  }

  private static Map<String, Object> producerSettings(EmbeddedBroker broker) {
    return new HashMap<>(
        Map.of(
            "bootstrap.servers", broker.bootstrapServers(),
            "key.serializer", StringSerializer.class,
            "value.serializer", StringSerializer.class));
  }
}
