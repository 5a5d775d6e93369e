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
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a record to its anomaly and back, by the commands. */
class VerifyTest {

  private static EmbeddedBroker broker;
  private static Path model;
  private static Path other;
  private static Anomaly anomaly;

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
    Run.elbow(
        "replay",
        "--data",
        faults.toString(),
        "--topic",
        "faults",
        "--bootstrap-server",
        broker.bootstrapServers());
    anomaly = firstAnomalyOfADetector(directory.resolve("state"));
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

  private static Anomaly firstAnomalyOfADetector(Path state) {
    Map<String, String> options =
        Map.of(
            "bootstrap.servers", broker.bootstrapServers(),
            "topics.observations", "faults",
            "model.directory", model.toString(),
            "state.dir", state.toString(),
            "metrics.port", "0");
    try (Detector detector =
            Detector.start(DetectorConfig.read(Optional.empty(), Map.of(), options));
        TopicRecords records =
            TopicRecords.open(
                Map.of("bootstrap.servers", broker.bootstrapServers()), Duration.ofSeconds(15))) {
      var anomalies = records.partitions("anomalies").get(0);
      await().atMost(Duration.ofSeconds(60)).until(() -> records.end(anomalies) > 1);
      Anomaly first = new AnomalySearch(records, "anomalies").find("anomalies-0-0");
      assertThat(detector.model()).isEqualTo(first.model());
      return first;
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
