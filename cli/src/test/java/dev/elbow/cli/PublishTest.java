package dev.elbow.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.elbow.broker.EmbeddedBroker;
import dev.elbow.bundle.BundleReader;
import dev.elbow.bundle.ModelBundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
import org.junit.jupiter.api.io.TempDir;

/** publish, models and rollback, against a broker. */
class PublishTest {

  private static final Map<String, String> COMPACT = Map.of("cleanup.policy", "compact");

  private static EmbeddedBroker broker;
  private static Path directory;
  private static String first;
  private static String second;

  @BeforeAll
  static void trainTwoModels(@TempDir Path temporary) throws IOException {
    directory = temporary;
    broker = EmbeddedBroker.startTemporary();
    first = train(1);
    second = train(2);
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  private static String train(int seed) throws IOException {
    Path csv = SensorCsv.normal(directory.resolve(seed + ".csv"), 400, seed);
    Run run =
        Run.elbow(
            "train",
            "--data",
            csv.toString(),
            "--model",
            model(seed),
            "--rounds",
            "20",
            "--window",
            "1");
    assertThat(run.exitCode()).as(run.err()).isZero();
    return BundleReader.read(Path.of(model(seed))).id();
  }

  private static String model(int seed) {
    return directory.resolve("model-" + seed).toString();
  }

  @Test
  void putsBundleAndThenItsActivationOnTheTopic() {
    Run run = on("plain", "publish", "--model", model(1), "--create-topic");

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out())
        .contains("bundle " + first, "in 1 chunk sent to plain, golden scores within")
        .contains("all machines: " + first.substring(0, 12) + ", at all times");
    List<ConsumerRecord<byte[], byte[]>> records = records("plain");
    assertThat(records)
        .extracting(record -> new String(record.key(), UTF_8))
        .containsExactly("bundle/" + first + "/0", "activation/0000-01-01T00:00:00Z/*");
    assertThat(readBack(records.subList(0, 1)).id()).isEqualTo(first);
  }

  @Test
  void dividesWhatTheTopicWouldNotTakeInOneRecord() {
    broker.createTopic(
        "narrow", 1, Map.of("cleanup.policy", "compact", "max.message.bytes", "20000"));

    Run run = on("narrow", "publish", "--model", model(1));

    assertThat(run.exitCode()).as(run.err()).isZero();
    List<ConsumerRecord<byte[], byte[]>> records = records("narrow");
    assertThat(records).hasSizeGreaterThan(3);
    assertThat(readBack(records.subList(0, records.size() - 1)).id()).isEqualTo(first);
  }

  @Test
  void refusesTopicThatTakesTooLittleOrForgetsOrHasNoOrder() {
    broker.createTopic(
        "tiny", 1, Map.of("cleanup.policy", "compact", "max.message.bytes", "10000"));
    broker.createTopic("forgetful", 1, Map.of());
    broker.createTopic("wide", 2, COMPACT);

    assertThat(on("tiny", "publish", "--model", model(1)).err())
        .contains("topic tiny: expected max.message.bytes of at least 17,408, found 10,000");
    assertThat(on("forgetful", "publish", "--model", model(1)).err())
        .contains("topic forgetful: expected cleanup.policy=compact", "found delete");
    assertThat(on("wide", "publish", "--model", model(1)).err())
        .contains("topic wide: expected one partition", "found 2");
    Run missing = on("nowhere", "publish", "--model", model(1));
    assertThat(missing.err()).contains("topic nowhere: there is no such topic");
    assertThat(missing.exitCode()).isEqualTo(2);
  }

  @Test
  void sendsNothingOfBundleThatTheGateRefuses() throws IOException {
    broker.createTopic("gated", 1, COMPACT);
    Path damaged = directory.resolve("damaged");
    Files.createDirectory(damaged);
    try (Stream<Path> files = Files.list(Path.of(model(1)))) {
      for (Path file : files.toList()) {
        Files.copy(file, damaged.resolve(file.getFileName()));
      }
    }
    Files.write(damaged.resolve("encoder.onnx"), new byte[10]);

    Run run = on("gated", "publish", "--model", damaged.toString());

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("encoder.onnx");
    assertThat(records("gated")).isEmpty();
  }

  @Test
  void refusesTimeInThePastUnlessForced() {
    broker.createTopic("past", 1, COMPACT);
    String[] publish = {"publish", "--model", model(1), "--effective-from", "2026-01-01T00:00:00Z"};

    Run refused = on("past", publish);
    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.err()).contains("--effective-from: expected a time after", "--force");
    assertThat(records("past")).isEmpty();

    Run forced =
        on("past", Stream.concat(Stream.of(publish), Stream.of("--force")).toArray(String[]::new));
    assertThat(forced.exitCode()).as(forced.err()).isZero();
    assertThat(forced.out()).contains("from 2026-01-01T00:00:00Z on");
  }

  @Test
  void rollsBackToTheOneBeforeAndTakesBackWhatWasToFollow() {
    on("rolled", "publish", "--model", model(1), "--create-topic");
    String soon = Instant.now().plusSeconds(600).toString();
    on("rolled", "publish", "--model", model(2), "--effective-from", soon);
    on("rolled", "publish", "--model", model(2), "--effective-from", "2999-01-01T00:00:00Z");

    Run back = on("rolled", "rollback", "--to", first.substring(0, 8));

    assertThat(back.exitCode()).as(back.err()).isZero();
    assertThat(back.out())
        .contains("all machines: " + first.substring(0, 12) + ", from ")
        .contains("takes back: all machines: " + second.substring(0, 12) + ", from 2999-01-01");
    assertThat(records("rolled"))
        .extracting(record -> new String(record.key(), UTF_8))
        .filteredOn(key -> key.startsWith("bundle/"))
        .as("each bundle once")
        .containsExactly("bundle/" + first + "/0", "bundle/" + second + "/0");
    assertThat(on("rolled", "models").out())
        .contains("bundles on rolled: 2", first, second, "complete", "in effect", "to come")
        .contains("taken back");
  }

  @Test
  void findsTheBundleBeforeByItself() {
    on("undone", "publish", "--model", model(1), "--create-topic");
    on("undone", "publish", "--model", model(2), "--effective-from", "2026-01-02", "--force");

    Run back = on("undone", "rollback");

    assertThat(back.exitCode()).as(back.err()).isZero();
    assertThat(back.out()).contains("all machines: " + first.substring(0, 12) + ", from ");
  }

  @Test
  void undoesActivationWhoseTimeHasNotCome() {
    on("soon", "publish", "--model", model(1), "--create-topic");
    Run only = on("soon", "rollback");
    assertThat(only.err()).contains("all machines had no other bundle before");
    on("soon", "publish", "--model", model(2));

    Run back = on("soon", "rollback", "--effective-from", "2999-01-01");

    assertThat(back.exitCode()).as(back.err()).isZero();
    assertThat(back.out()).contains("all machines: " + first.substring(0, 12) + ", from 2999");
  }

  @Test
  void givesGroupsModelsOfTheirOwnAndTakesThemAway() {
    on("groups", "publish", "--model", model(1), "--create-topic");
    on("groups", "publish", "--model", model(2), "--entities", "pump-7", "--entities", "fan-*");

    Run all = on("groups", "rollback", "--to", second);
    assertThat(all.out()).contains("not for pump-7: more specific, has " + second.substring(0, 12));
    Run none = on("groups", "rollback", "--to", "none", "--entities", "pump-7");
    assertThat(none.out()).contains("pump-7: none of its own, from ");
    assertThat(on("groups", "models").out()).contains("fan-*", "pump-7", "none");
  }

  @Test
  void saysWhichBundleIsMeantByTooFewDigitsOrNoneAtAll() {
    on("named", "publish", "--model", model(1), "--create-topic");

    Run run = on("named", "rollback", "--to", "xyz");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("found xyz, which is that of 0; elbow models lists them");
  }

  private static Run on(String topic, String... command) {
    return Run.elbow(
        Stream.concat(
                Stream.of(command),
                Stream.of("--topic", topic, "--bootstrap-server", broker.bootstrapServers()))
            .toArray(String[]::new));
  }

  private static ModelBundle readBack(List<ConsumerRecord<byte[], byte[]>> chunks) {
    byte[] zip = new byte[chunks.stream().mapToInt(chunk -> chunk.value().length).sum()];
    int at = 0;
    for (ConsumerRecord<byte[], byte[]> chunk : chunks) {
      System.arraycopy(chunk.value(), 0, zip, at, chunk.value().length);
      at += chunk.value().length;
    }
    return BundleReader.readZip("what was sent", zip);
  }

  /** All there are by now. */
  private static List<ConsumerRecord<byte[], byte[]>> records(String topic) {
    TopicPartition partition = new TopicPartition(topic, 0);
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", broker.bootstrapServers(), "auto.offset.reset", "earliest"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      consumer.assign(List.of(partition));
      long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
      List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
      while (records.size() < end) {
        consumer.poll(Duration.ofMillis(100)).forEach(records::add);
      }
      return records;
    }
  }
}
