package dev.elbow.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.elbow.broker.EmbeddedBroker;
import dev.elbow.detector.Detector;
import dev.elbow.detector.DetectorConfig;
import dev.elbow.detector.replay.AnomalySearch;
import dev.elbow.detector.replay.TopicRecords;
import dev.elbow.event.Anomaly;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * From a record to its anomaly and back, by the commands. One model takes over from another in the
 * middle of a fault, at the row of {@link #SWAP}.
 */
class VerifyTest {

  private static final String SWAP = "2026-03-01T00:00:55Z";

  private static EmbeddedBroker broker;
  private static Path model;
  private static Path other;
  private static Anomaly anomaly;
  private static Anomaly afterSwap;

  @BeforeAll
  static void detectOnce(@TempDir Path directory) throws IOException {
    broker = EmbeddedBroker.startTemporary();
    for (String topic : new String[] {"faults", "anomalies", "episodes", "rejections"}) {
      broker.createTopic(topic, 1, Map.of());
    }
    Path normal = SensorCsv.normal(directory.resolve("normal.csv"), 400, 1);
    Path faults = SensorCsv.withFault(directory.resolve("faults.csv"), 60, 2, 50);
    model = directory.resolve("model");
    other = directory.resolve("other");
    train(normal, model, "1");
    train(normal, other, "2");
    publish(model, "--create-topic");
    publish(other, "--effective-from", SWAP, "--force");
    Run.elbow(
        "replay",
        "--data",
        faults.toString(),
        "--topic",
        "faults",
        "--bootstrap-server",
        broker.bootstrapServers());
    List<Anomaly> anomalies = anomaliesOfADetector(directory.resolve("state"));
    anomaly = anomalies.get(0);
    afterSwap = anomalies.get(1);
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  private static void train(Path data, Path bundle, String seed) {
    Run.elbow(
        "train",
        "--data",
        data.toString(),
        "--model",
        bundle.toString(),
        "--rounds",
        "50",
        "--seed",
        seed);
  }

  private static void publish(Path bundle, String... more) {
    String[] usual = {
      "publish",
      "--model",
      bundle.toString(),
      "--topic",
      "bundles",
      "--bootstrap-server",
      broker.bootstrapServers()
    };
    Run run =
        Run.elbow(Stream.concat(Arrays.stream(usual), Arrays.stream(more)).toArray(String[]::new));
    assertThat(run.exitCode()).as(run.err()).isZero();
  }

  /** The first by each model. */
  private static List<Anomaly> anomaliesOfADetector(Path state) {
    Map<String, String> options =
        Map.of(
            "bootstrap.servers", broker.bootstrapServers(),
            "topics.observations", "faults",
            "topics.models", "bundles",
            "state.dir", state.toString(),
            "metrics.port", "0");
    try (Detector detector =
            Detector.start(DetectorConfig.read(Optional.empty(), Map.of(), options));
        TopicRecords records =
            TopicRecords.open(
                Map.of("bootstrap.servers", broker.bootstrapServers()), Duration.ofSeconds(15))) {
      var anomalies = records.partitions("anomalies").get(0);
      AnomalySearch search = new AnomalySearch(records, "anomalies");
      await().atMost(Duration.ofSeconds(60)).until(() -> records.end(anomalies) > 5);
      Anomaly before = search.find("faults-0-50");
      Anomaly after = search.find("faults-0-55");
      assertThat(detector.model()).isEqualTo(after.model());
      return List.of(before, after);
    }
  }

  @Test
  void confirmsAnAnomalyWhoseModelIsAmongThoseGiven() {
    Run run = verify(anomaly.id(), other, model);

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out())
        .contains(
            "source     " + anomaly.source(), "detector   " + anomaly.detector(), "fields hold.")
        .doesNotContain("DIFFERS");
  }

  @Test
  void confirmsAnomaliesByTheModelsThatWerePublished() {
    assertThat(anomaly.model()).isNotEqualTo(afterSwap.model());
    for (Anomaly one : List.of(anomaly, afterSwap)) {
      Run run = verifyBy("bundles", one);

      assertThat(run.exitCode()).as(run.err() + run.out()).isZero();
      assertThat(run.out()).contains("model      " + one.model(), "fields hold.");
      assertThat(run.err()).doesNotContain(" INFO ");
    }
  }

  @Test
  void saysThatTheTopicHasNoSuchModel() {
    Run run = verifyBy("episodes", anomaly);

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("bundle " + anomaly.model() + " is not on topic episodes");
  }

  @Test
  void asksForModels() {
    Run run = Run.elbow("verify", "--anomaly", anomaly.id(), "--bootstrap-server", "unused:1");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("either --model DIR or --models-topic TOPIC, found neither");
  }

  @Test
  void saysWhichModelIsNeeded() {
    Run run = verify(anomaly.id(), other);

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("was scored by bundle " + anomaly.model(), other + " is ");
  }

  @Test
  void saysThatThereIsNoSuchAnomaly() {
    Run run = verify("faults-0-0", model);

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("topic anomalies: no such anomaly among those it retains");
  }

  private static Run verifyBy(String topic, Anomaly one) {
    return Run.elbow(
        "verify",
        "--anomaly",
        one.id(),
        "--bootstrap-server",
        broker.bootstrapServers(),
        "--models-topic",
        topic);
  }

  private static Run verify(String which, Path... models) {
    String[] usual = {
      "verify", "--anomaly", which, "--bootstrap-server", broker.bootstrapServers(), "--model"
    };
    String[] all = Arrays.copyOf(usual, usual.length + models.length);
    for (int i = 0; i < models.length; i++) {
      all[usual.length + i] = models[i].toString();
    }
    return Run.elbow(all);
  }
}
