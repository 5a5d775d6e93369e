package dev.elbow.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.elbow.input.InvalidInputException;
import dev.elbow.modeltopic.Catalog;
import dev.elbow.modeltopic.ModelRecords;
import dev.elbow.modeltopic.RawRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The models topic as a command sees it: read as a whole, and appended to. */
final class ModelsTopic {

  private static final int POLL_MS = 200;

  /** What a request has around its records. */
  private static final int REQUEST_OVERHEAD_BYTES = 1 << 14;

  private final Map<String, String> clientSettings;
  private final String name;
  private final TopicQuestion question;

  /**
   * @param clientSettings at least {@code bootstrap.servers}
   */
  ModelsTopic(Map<String, String> clientSettings, String name) {
    this.clientSettings = clientSettings;
    this.name = name;
    this.question = new TopicQuestion(clientSettings, name);
  }

  String name() {
    return name;
  }

  /** With one partition, for activations have an order, and compacted, for nothing may expire. */
  void createIfMissing() throws InterruptedException {
    boolean there = question.ask(admin -> admin.listTopics().names()).contains(name);
    if (!there) {
      Map<String, String> settings =
          Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT);
      NewTopic wanted = new NewTopic(name, Optional.of(1), Optional.empty()).configs(settings);
      question.ask(admin -> admin.createTopics(List.of(wanted)).all());
    }
  }

  /**
   * Makes sure that it is a models topic.
   *
   * @return the largest batch of records it takes, in bytes
   * @throws InvalidInputException if there is no such topic, or it has several partitions or
   *     forgets
   */
  int check() throws InterruptedException {
    int partitions =
        question
            .ask(admin -> admin.describeTopics(List.of(name)).topicNameValues().get(name))
            .partitions()
            .size();
    if (partitions != 1) {
      throw new InvalidInputException(
          "topic %s: expected one partition, for activations have an order; found %d; create another"
              .formatted(name, partitions));
    }
    String policy = setting(TopicConfig.CLEANUP_POLICY_CONFIG);
    if (!policy.equals(TopicConfig.CLEANUP_POLICY_COMPACT)) {
      throw new InvalidInputException(
          "topic %s: expected cleanup.policy=compact, for bundles must not expire; found %s"
              .formatted(name, policy));
    }
    return Integer.parseInt(setting(TopicConfig.MAX_MESSAGE_BYTES_CONFIG));
  }

  private String setting(String key) throws InterruptedException {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, name);
    return question
        .ask(admin -> admin.describeConfigs(List.of(resource)).values().get(resource))
        .get(key)
        .value();
  }

  /** All that it says by now; what is no record of a models topic is named on standard error. */
  Catalog read() {
    Map<String, Object> settings = new HashMap<>(clientSettings);
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.remove(ConsumerConfig.GROUP_ID_CONFIG);
    TopicPartition partition = new TopicPartition(name, 0);
    Catalog catalog = new Catalog();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long end =
          consumer
              .endOffsets(List.of(partition), TopicQuestion.PATIENCE)
              .getOrDefault(partition, 0L);
      long moved = System.nanoTime();
      while (consumer.position(partition) < end) {
        var records = consumer.poll(Duration.ofMillis(POLL_MS));
        moved = records.isEmpty() ? moved : System.nanoTime();
        records.forEach(record -> take(record, catalog));
        if (System.nanoTime() - moved > TopicQuestion.PATIENCE.toNanos()) {
          throw new InvalidInputException(
              "topic %s: nothing came for %d s, at offset %d of %d; are all brokers up?"
                  .formatted(
                      name, TopicQuestion.PATIENCE.toSeconds(), consumer.position(partition), end));
        }
      }
    } catch (KafkaException e) {
      throw question.cannotRead(e);
    }
    return catalog;
  }

  private void take(ConsumerRecord<byte[], byte[]> record, Catalog catalog) {
    Map<String, String> headers = new HashMap<>();
    for (var header : record.headers()) {
      headers.put(header.key(), header.value() == null ? "" : new String(header.value(), UTF_8));
    }
    try {
      catalog.take(
          ModelRecords.read(record.key(), record.value(), headers),
          record.offset(),
          Instant.ofEpochMilli(record.timestamp()));
    } catch (InvalidInputException e) {
      System.err.printf("passed over %s-0@%d: %s%n", name, record.offset(), e.getMessage());
    }
  }

  /**
   * Appends records in their order and returns when all replicas have them.
   *
   * @param largest of a batch that the topic takes, in bytes
   */
  void append(List<RawRecord> records, int largest) throws InterruptedException {
    Map<String, Object> settings = new HashMap<>(clientSettings);
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "none"); // weights hardly shrink
    settings.put(
        ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
        (int) Math.min(Integer.MAX_VALUE, (long) largest + REQUEST_OVERHEAD_BYTES));
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      List<Future<RecordMetadata>> sent = new ArrayList<>();
      for (RawRecord record : records) {
        sent.add(producer.send(toSend(record)));
      }
      producer.flush();
      for (Future<RecordMetadata> one : sent) {
        one.get();
      }
    } catch (ExecutionException | KafkaException e) {
      throw question.cannotWrite(e);
    }
  }

  private ProducerRecord<byte[], byte[]> toSend(RawRecord record) {
    ProducerRecord<byte[], byte[]> sent =
        new ProducerRecord<>(name, 0, record.key().getBytes(UTF_8), record.value());
    record.headers().forEach((key, text) -> sent.headers().add(key, text.getBytes(UTF_8)));
    return sent;
  }
}
