package dev.elbow.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.elbow.broker.EmbeddedBroker;
import dev.elbow.bundle.BundleReader;
import dev.elbow.bundle.Lineage;
import dev.elbow.bundle.ModelBundle;
import dev.elbow.detector.replay.TopicRecords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayAndTrainFromTopicTest {

  private static final int ROWS = 400;

  private static EmbeddedBroker broker;
  private static Path directory;
  private static Run replayed;

  @BeforeAll
  static void replayOnce(@TempDir Path temporary) throws IOException {
    directory = temporary;
    broker = EmbeddedBroker.startTemporary();
    broker.createTopic("plant", 1, Map.of());
    broker.createTopic("short", 1, Map.of("retention.ms", "86400000"));
    replayed = replay("plant");
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  private static Run replay(String topic) throws IOException {
    Path csv = SensorCsv.normal(directory.resolve("plant.csv"), ROWS, 1);
    return Run.elbow(
        "replay",
        "--data",
        csv.toString(),
        "--topic",
        topic,
        "--bootstrap-server",
        broker.bootstrapServers());
  }

  private static Run train(Path model, String... range) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "train",
                "--topic",
                "plant",
                "--bootstrap-server",
                broker.bootstrapServers(),
                "--model",
                model.toString(),
                "--rounds",
                "50"));
    arguments.addAll(List.of(range));
    return Run.elbow(arguments.toArray(String[]::new));
  }

  @Test
  void scoresARangeAgainIntoATopicOfItsOwnAndSaysSo() {
    Path model = directory.resolve("rescoring");
    assertThat(train(model).exitCode()).isZero();
    broker.createTopic("plant-replay", 1, Map.of());

    Run run = rescore(model, "--from", "100", "--to", "150", "--output-topic", "plant-replay");

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).contains("into topic plant-replay: ");
    List<ConsumerRecord<byte[], byte[]>> records = read("plant-replay");
    assertThat(records)
        .hasSize(50)
        .allSatisfy(
            record -> {
              assertThat(record.headers().lastHeader("replay").value())
                  .asString()
                  .isEqualTo("true");
              assertThat(new String(record.value(), UTF_8)).endsWith("\"replay\":true}");
            });
  }

  @Test
  void scoresARangeAgainIntoAFile() throws IOException {
    Path model = directory.resolve("rescoring-file");
    assertThat(train(model).exitCode()).isZero();
    Path file = directory.resolve("again.csv");

    Run run = rescore(model, "--from", "390", "--output", file.toString());

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(Files.readAllLines(file)).hasSize(1 + 10);
    assertThat(Files.readAllLines(file).get(1)).startsWith("0,390,");
  }

  @Test
  void neverWritesScoresOfAReplayWhereTheyCouldAlert() {
    Path model = directory.resolve("rescoring-refused");
    assertThat(train(model).exitCode()).isZero();

    for (String topic : List.of("anomalies", "plant")) {
      Run run = rescore(model, "--output-topic", topic);

      assertThat(run.exitCode()).isEqualTo(2);
      assertThat(run.err()).contains("expected a topic of its own for scores of a replay");
    }
  }

  private static Run rescore(Path model, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "score",
                "--topic",
                "plant",
                "--bootstrap-server",
                broker.bootstrapServers(),
                "--model",
                model.toString()));
    arguments.addAll(List.of(more));
    return Run.elbow(arguments.toArray(String[]::new));
  }

  private static List<ConsumerRecord<byte[], byte[]>> read(String topic) {
    Map<String, String> connection = Map.of("bootstrap.servers", broker.bootstrapServers());
    List<ConsumerRecord<byte[], byte[]>> found = new ArrayList<>();
    try (TopicRecords records = TopicRecords.open(connection, Duration.ofSeconds(15))) {
      TopicPartition partition = records.partitions(topic).get(0);
      records.read(partition, 0, records.end(partition), found::addAll);
    }
    return found;
  }

  @Test
  void replaysEveryRow() {
    assertThat(replayed.exitCode()).as(replayed.err()).isZero();
    assertThat(replayed.out()).contains("sent 400 records to plant");
  }

  @Test
  void trainsFromTheTopicAndNamesItsOffsets() {
    Run run = train(directory.resolve("all"));

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(lineage("all").rowsRead()).isEqualTo(ROWS);
    assertThat(((Lineage.Topic) lineage("all").source()).partitions().get(0).toOffset())
        .isEqualTo(ROWS);
  }

  @Test
  void replaysAvroAndTrainsFromIt() {
    broker.createTopic("plant-avro", 1, Map.of());
    String[] where = {
      "--topic", "plant-avro", "--bootstrap-server", broker.bootstrapServers(), "--format", "avro"
    };
    Run replay =
        Run.elbow(with(where, "replay", "--data", directory.resolve("plant.csv").toString()));
    Run train =
        Run.elbow(
            with(
                where, "train", "--model", directory.resolve("avro").toString(), "--rounds", "50"));

    assertThat(replay.exitCode()).as(replay.err()).isZero();
    assertThat(train.exitCode()).as(train.err()).isZero();
    assertThat(lineage("avro").rowsRead()).isEqualTo(ROWS);
  }

  private static String[] with(String[] more, String... arguments) {
    return Stream.concat(Stream.of(arguments), Stream.of(more)).toArray(String[]::new);
  }

  @Test
  void trainsOnTheRowsBetweenTwoTimes() {
    Run run =
        train(
            directory.resolve("part"),
            "--from",
            "2026-03-01T00:01:00Z",
            "--to",
            "2026-03-01T00:03:00Z");

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(lineage("part").rowsRead()).isEqualTo(120);
  }

  @Test
  void saysWhenTheRangeIsEmpty() {
    Run run = train(directory.resolve("none"), "--from", "2030-01-01T00:00:00Z");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("plant");
    assertThat(directory.resolve("none")).doesNotExist();
  }

  @Test
  void replaysOldRowsWithThePresentTimeWhereTheTopicWouldDeleteThem() throws IOException {
    Run run = replay("short");

    assertThat(run.exitCode()).isZero();
    assertThat(run.err()).contains("older than short keeps records");
  }

  @Test
  void saysWhichTopicIsMissing() throws IOException {
    Run run = replay("nowhere");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("topic nowhere", "no such topic", "create it");
  }

  @Test
  void repeatsNothingOfALoginConfigurationThatCannotBeRead() throws IOException {
    Path secrets =
        Files.writeString(
            directory.resolve("secrets.properties"),
            """
            security.protocol=SASL_PLAINTEXT
            sasl.mechanism=PLAIN
            sasl.jaas.config=org.apache.kafka.common.security.plain.PlainLoginModule required password=half s3cret;
            """);
    Run replay =
        Run.elbow(
            "replay",
            "--data",
            directory.resolve("plant.csv").toString(),
            "--bootstrap-server",
            broker.bootstrapServers(),
            "--command-config",
            secrets.toString());
    Run train = train(directory.resolve("none"), "--command-config", secrets.toString());

    assertThat(replay.exitCode()).isEqualTo(2);
    assertThat(replay.err()).contains("sasl.jaas.config").doesNotContain("s3cret");
    assertThat(train.exitCode()).isEqualTo(2);
    assertThat(train.err()).contains("sasl.jaas.config").doesNotContain("s3cret");
  }

  private static Lineage lineage(String model) {
    ModelBundle bundle = BundleReader.read(directory.resolve(model));
    return bundle.manifest().lineage();
  }
}
