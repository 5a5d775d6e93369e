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

class CalibrationCommandTest {

  @TempDir Path collection;

  /**
   * 3000 normal rows: 1800 train, 270 of them hold the threshold, 1200 are checked. At 5 % over two
   * seeds the standard error is some 0.9 % by the held-out rows and 0.4 % by the checked ones.
   */
  @Test
  void measuresTheRateThatThresholdsKeep() throws IOException {
    Files.writeString(
        collection.resolve("MANIFEST.csv"), "name,family\nwide,coupled\nfew,coupled\n");
    write("wide", 3000);
    write("few", 100);
    Path figures = collection.resolve("figures.json");

    int exitCode = run("--rates", "0.05", "--seeds", "2", "--output", figures.toString());

    JsonNode json = new ObjectMapper().readTree(figures.toFile());
    assertThat(exitCode).isZero();
    assertThat(json).hasSize(1);
    assertThat(json.get(0).get("name").asText()).isEqualTo("calibration.rate_0.05");
    assertThat(json.get(0).get("value").asDouble()).isBetween(0.02, 0.08);
  }

  @Test
  void exitsWithTwoWhereNoSetHasEnoughRows() throws IOException {
    Files.writeString(collection.resolve("MANIFEST.csv"), "name,family\nfew,coupled\n");
    write("few", 100);

    assertThat(run()).isEqualTo(2);
    assertThat(run("--rates", "2")).isEqualTo(2);
  }

  private int run(String... more) {
    String[] usual = {
      "benchmark", "calibration", "--data", collection.toString(), "--rounds", "200"
    };
    String[] arguments = new String[usual.length + more.length];
    System.arraycopy(usual, 0, arguments, 0, usual.length);
    System.arraycopy(more, 0, arguments, usual.length, more.length);
    return Elbow.run(arguments);
  }

  private void write(String name, int rows) throws IOException {
    SplittableRandom random = new SplittableRandom(rows);
    StringBuilder csv = new StringBuilder("f1,f2\n");
    for (int i = 0; i < rows; i++) {
      double f1 = random.nextGaussian();
      csv.append("%s,%s%n".formatted(f1, f1 + 0.1 * random.nextGaussian()));
    }
    Files.writeString(Files.createDirectory(collection.resolve(name)).resolve("train.csv"), csv);
  }
}
