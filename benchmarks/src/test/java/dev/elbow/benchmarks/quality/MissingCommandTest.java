package dev.elbow.benchmarks.quality;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MissingCommandTest {

  @TempDir Path collection;

  /**
   * Sensor c alone shows the anomaly. With a quarter of the cells missing it is seen in three rows
   * of four; a mean in the place of another sensor contradicts the rest and looks like an anomaly.
   */
  @Test
  void measuresWhatIsLeftWhenCellsAreMissing() throws IOException {
    GeneratedSets.manifest(collection, "rows", "plant");
    write("plant/train.csv", GeneratedSets.rows(new SplittableRandom(1), 500, i -> false));
    write("plant/test.csv", GeneratedSets.rows(new SplittableRandom(2), 400, i -> i < 80));

    Benchmark run = Benchmark.run(collection, "missing", "--shares", "0.25");

    double told = run.value("missing.rows.cells_25.auc_roc");
    assertThat(run.exitCode()).isZero();
    assertThat(run.values())
        .containsKeys(
            "missing.rows.cells_25.auc_pr",
            "missing.rows.cells_25.auc_roc.beside_whole",
            "missing.rows.sensors_25.auc_roc");
    assertThat(told).isGreaterThan(run.baseline("missing.rows.cells_25.auc_roc"));
    assertThat(told).isLessThan(run.baseline("missing.rows.cells_25.auc_roc.beside_whole"));
  }

  @Test
  void exitsWithTwoWhereThereIsOneSensorOnly() throws IOException {
    GeneratedSets.manifest(collection, "single", "gauge");
    write("gauge/train.csv", "a,label\n1,0\n2,0\n3,0\n");
    write("gauge/test.csv", "a,label\n1,0\n9,1\n");

    assertThat(Benchmark.run(collection, "missing").exitCode()).isEqualTo(2);
    assertThat(Benchmark.run(collection, "missing", "--shares", "1").exitCode()).isEqualTo(2);
  }

  private void write(String file, String csv) throws IOException {
    Files.writeString(collection.resolve(file), csv);
  }
}
