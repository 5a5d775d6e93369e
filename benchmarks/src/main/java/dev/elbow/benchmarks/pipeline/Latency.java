package dev.elbow.benchmarks.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.elbow.event.ObservationJson;
import dev.elbow.event.ScoreEventJson;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.ToLongFunction;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Sends records of ten machines in JSON at a steady rate and waits for what comes of them. */
final class Latency {

  private static final Plant PLANT = new Plant(10, Net.SMALL.sensors());
  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final double NANOS_PER_MILLI = 1e6;

  /** Share of the records that are sent before it counts. */
  private static final double LEAD = 0.2;

  private final Workshop workshop;
  private final int rate;
  private final int records;
  private final Path bundle;
  private int topics;

  /**
   * @param rate records per second
   * @param seconds for how long
   */
  Latency(Workshop workshop, int rate, int seconds) {
    this.workshop = workshop;
    this.rate = rate;
    this.records = Math.multiplyExact(rate, seconds);
    this.bundle = workshop.bundle(Net.SMALL, PLANT, "latency-bundle");
  }

  /** Milliseconds until the record itself is read. */
  Percentiles withoutDetector() throws InterruptedException {
    String topic = newTopic();
    return measure(topic, topic, "read_uncommitted", ConsumerRecord::offset);
  }

  /** Milliseconds until its score is read. */
  Percentiles atLeastOnce() throws IOException, InterruptedException {
    return throughDetector("at_least_once", "read_uncommitted");
  }

  /** Milliseconds until its score is committed and read. */
  Percentiles exactlyOnce() throws IOException, InterruptedException {
    return throughDetector("exactly_once_v2", "read_committed");
  }

  private Percentiles throughDetector(String guarantee, String isolation)
      throws InterruptedException {
    String topic = newTopic();
    String scores = newTopic();
    Recording empty = new Recording(topic, 1, 0);
    try (RunningDetector detector =
        workshop.detector(
            empty, bundle, Map.of("processing.guarantee", guarantee, "topics.scores", scores))) {
      long begun = System.nanoTime();
      while (!detector.ready()) {
        if (System.nanoTime() - begun > PATIENCE.toNanos()) {
          throw new IllegalStateException("the detector does not get ready");
        }
        Thread.sleep(POLL.toMillis());
      }
      return measure(
          topic,
          scores,
          isolation,
          record -> ScoreEventJson.decode(record.value()).source().offset());
    }
  }

  private String newTopic() {
    String topic = "latency-" + topics++;
    workshop.broker().createTopic(topic, 1, Map.of());
    return topic;
  }

  /**
   * @param from where observations go
   * @param to where to wait for what comes of them
   * @param offset which observation a record there is about; a topic of one partition counts them
   */
  private Percentiles measure(
      String from,
      String to,
      String isolation,
      ToLongFunction<ConsumerRecord<byte[], byte[]>> offset)
      throws InterruptedException {
    try (KafkaConsumer<byte[], byte[]> reader = reader(to, isolation)) {
      long start = System.nanoTime() + PATIENCE.toNanos() / 100;
      CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> send(from, start));
      double[] millis = new double[records];
      int lead = (int) (LEAD * records);
      for (int read = 0; read < records; ) {
        for (ConsumerRecord<byte[], byte[]> record : reader.poll(POLL)) {
          int i = Math.toIntExact(offset.applyAsLong(record));
          millis[i] = (System.nanoTime() - due(start, i)) / NANOS_PER_MILLI;
          read++;
        }
        if (System.nanoTime() > due(start, records) + PATIENCE.toNanos()) {
          throw new IllegalStateException("%d of %d records have come".formatted(read, records));
        }
      }
      sending.join();
      double[] counted = new double[records - lead];
      System.arraycopy(millis, lead, counted, 0, counted.length);
      return new Percentiles(counted);
    }
  }

  /** Records that are sent late for whatever reason are late from when they were due. */
  private long due(long start, int i) {
    return start + i * Duration.ofSeconds(1).toNanos() / rate;
  }

  private void send(String topic, long start) {
    SplittableRandom random = new SplittableRandom(1);
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", workshop.broker().bootstrapServers(), "linger.ms", 0),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      for (int i = 0; i < records; i++) {
        byte[] value = ObservationJson.FORMAT.encodeValue(PLANT.observe(random));
        for (long wait = due(start, i) - System.nanoTime();
            wait > 0;
            wait = due(start, i) - System.nanoTime()) {
          LockSupport.parkNanos(wait);
        }
        var unused =
            producer.send(new ProducerRecord<>(topic, PLANT.machine(i).getBytes(UTF_8), value));
      }
    }
  }

  private KafkaConsumer<byte[], byte[]> reader(String topic, String isolation) {
    KafkaConsumer<byte[], byte[]> reader =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers",
                workshop.broker().bootstrapServers(),
                "isolation.level",
                isolation,
                "auto.offset.reset",
                "earliest"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    TopicPartition partition = new TopicPartition(topic, 0);
    reader.assign(List.of(partition));
    reader.position(partition); // it knows its place before the first record is sent
    return reader;
  }
}
