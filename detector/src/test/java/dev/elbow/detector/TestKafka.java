package dev.elbow.detector;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.elbow.broker.EmbeddedBroker;
import dev.elbow.event.Coordinates;
import dev.elbow.event.Rejection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes to and reads from a real broker, as the world around a detector does. */
final class TestKafka implements AutoCloseable {

  private static final Duration POLL = Duration.ofMillis(100);

  private final EmbeddedBroker broker;
  private final KafkaProducer<byte[], byte[]> producer;

  TestKafka(EmbeddedBroker broker) {
    this.broker = broker;
    this.producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", broker.bootstrapServers(), "max.request.size", 9_000_000),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  /** Writes one record and waits until the broker has it; returns its offset. */
  long send(ProducerRecord<byte[], byte[]> record) {
    try {
      return producer.send(record).get().offset();
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException("the broker did not take a record", e);
    }
  }

  /** The same with the timestamp of now. */
  long send(String topic, int partition, String key, String value) {
    return send(
        new ProducerRecord<>(
            topic,
            partition,
            Instant.now().toEpochMilli(),
            key.getBytes(UTF_8),
            value.getBytes(UTF_8)));
  }

  /** Writes records at once and waits until the broker has them. */
  void sendAll(List<ProducerRecord<byte[], byte[]>> records) {
    List<Future<RecordMetadata>> sent = records.stream().map(producer::send).toList();
    producer.flush();
    sent.forEach(TestKafka::coordinates);
  }

  /** Lets a group that is not running begin with the first record of a topic again. */
  void setBackToStart(String group, String topic) {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      Map<TopicPartition, OffsetAndMetadata> offsets =
          new HashMap<>(
              admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get());
      offsets.keySet().removeIf(partition -> !partition.topic().equals(topic));
      offsets.replaceAll((partition, committed) -> new OffsetAndMetadata(0));
      admin.alterConsumerGroupOffsets(group, offsets).all().get();
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException("the offsets of a group could not be set back", e);
    }
  }

  /** Writes the same value many times, in turn to two partitions; returns where each lies. */
  List<Coordinates> sendAll(String topic, int count, String value) {
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      sent.add(producer.send(new ProducerRecord<>(topic, i % 2, null, value.getBytes(UTF_8))));
    }
    producer.flush();
    return sent.stream().map(TestKafka::coordinates).toList();
  }

  private static Coordinates coordinates(Future<RecordMetadata> sent) {
    try {
      RecordMetadata metadata = sent.get();
      return new Coordinates(metadata.topic(), metadata.partition(), metadata.offset());
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException("the broker did not take a record", e);
    }
  }

  /** All records of a topic that are committed by now. */
  List<ConsumerRecord<byte[], byte[]>> committed(String topic) {
    Map<String, Object> settings =
        Map.of(
            "bootstrap.servers",
            broker.bootstrapServers(),
            "isolation.level",
            "read_committed",
            "auto.offset.reset",
            "earliest",
            "max.partition.fetch.bytes",
            9_000_000);
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      Collection<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(partition -> new TopicPartition(topic, partition.partition()))
              .toList();
      consumer.assign(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
      while (ends.entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        consumer.poll(POLL).forEach(records::add);
      }
      return records;
    }
  }

  void setMaxMessageBytes(String topic, int bytes) {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    AlterConfigOp set =
        new AlterConfigOp(
            new ConfigEntry("max.message.bytes", Integer.toString(bytes)),
            AlterConfigOp.OpType.SET);
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      admin.incrementalAlterConfigs(Map.of(resource, List.of(set))).all().get();
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException("the broker did not change a topic", e);
    }
  }

  static Rejection rejection(ConsumerRecord<byte[], byte[]> record) {
    Map<String, String> headers = new HashMap<>();
    record
        .headers()
        .forEach(
            header ->
                headers.put(
                    header.key(), header.value() == null ? "" : new String(header.value(), UTF_8)));
    return Rejection.ofHeaders(headers);
  }

  @Override
  public void close() {
    producer.close();
  }
}
