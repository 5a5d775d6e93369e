package dev.elbow.benchmarks.quality;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.elbow.cli.Elbow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QualityCommandTest {

  @TempDir Path collection;

  @Test
  void writesTheMeansByFamilyBesideTheBestSimpleDetector() throws IOException {
    Files.writeString(collection.resolve("MANIFEST.csv"), "name,family\na,coupled\nb,coupled\n");
    writeSet("a", 1);
    writeSet("b", 2);
    Path figures = collection.resolve("figures.json");

    int exitCode =
        Elbow.run(
            "benchmark",
            "quality",
            "--data",
            collection.toString(),
            "--rounds",
            "400",
            "--seeds",
            "2",
            "--output",
            figures.toString());

    JsonNode json = new ObjectMapper().readTree(figures.toFile());
    assertThat(exitCode).isZero();
    assertThat(json.findValuesAsText("name"))
        .containsExactly("quality.coupled.auc_roc", "quality.coupled.auc_pr");
    assertThat(json.get(0).get("value").asDouble()).isGreaterThan(0.95);
    assertThat(json.get(0).get("ratio").asDouble())
        .isEqualTo(json.get(0).get("value").asDouble() / json.get(0).get("baseline").asDouble());
  }

  @Test
  void exitsWithTwoWhereThereIsNoCollection() {
    assertThat(Elbow.run("benchmark", "quality", "--data", collection.toString())).isEqualTo(2);
  }

  /** Two sensors that move together; in an anomaly the second goes its own way. */
  private void writeSet(String name, long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    Path folder = Files.createDirectory(collection.resolve(name));
    Files.writeString(folder.resolve("train.csv"), rows(random, 400, 0));
    Files.writeString(folder.resolve("test.csv"), rows(random, 300, 60));
  }

  private static String rows(SplittableRandom random, int rows, int anomalous) {
    StringBuilder csv = new StringBuilder("f1,f2,label\n");
    for (int i = 0; i < rows; i++) {
      double f1 = random.nextGaussian();
      boolean anomaly = i < anomalous;
      double f2 = (anomaly ? -3 * Math.signum(f1) : f1) + 0.1 * random.nextGaussian();
      csv.append("%s,%s,%d%n".formatted(f1, f2, anomaly ? 1 : 0));
    }
    return csv.toString();
  }
}
