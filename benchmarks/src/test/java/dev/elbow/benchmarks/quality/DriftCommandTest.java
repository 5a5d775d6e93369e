package dev.elbow.benchmarks.quality;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DriftCommandTest {

  @TempDir Path collection;

  /** One sensor drifts away from the others over the last 200 of 1200 rows. */
  @Test
  void comparesTheRulesOnRowsThatDrift() throws IOException {
    GeneratedSets.manifest(collection, "ageing", "plant");
    write(
        "plant/train.csv",
        GeneratedSets.series(new SplittableRandom(1), 0, 1200, 1000, i -> false));

    Benchmark run =
        Benchmark.run(collection, "drift", "--ramps", "1", "--ramp-rows", "300", "--rate", "0.02");

    assertThat(run.exitCode()).isZero();
    assertThat(run.values())
        .containsOnlyKeys(
            "drift.plant.alarm",
            "drift.plant.shift",
            "drift.ramp_2_sigma_300_rows",
            "drift.ramp_3_sigma_300_rows",
            "drift.ramp_4_sigma_300_rows");
    assertThat(run.value("drift.plant.alarm")).isLessThan(run.baseline("drift.plant.alarm"));
    assertThat(run.value("drift.plant.shift")).isGreaterThan(0.1);
    assertThat(run.value("drift.ramp_4_sigma_300_rows")).isEqualTo(1);
  }

  @Test
  void findsEventsByNewsInThem() throws IOException {
    GeneratedSets.manifest(collection, "faulty", "plant");
    write(
        "plant/train.csv",
        GeneratedSets.series(new SplittableRandom(3), 0, 500, Integer.MAX_VALUE, i -> false));
    write(
        "plant/test.csv",
        GeneratedSets.series(
            new SplittableRandom(4),
            500,
            500,
            Integer.MAX_VALUE,
            i -> (i >= 100 && i < 150) || (i >= 350 && i < 400)));

    Benchmark run = Benchmark.run(collection, "drift");

    assertThat(run.exitCode()).isZero();
    assertThat(run.value("drift.faulty.event_recall")).isEqualTo(1);
    assertThat(run.value("drift.faulty.alarm")).isLessThan(0.1);
  }

  @Test
  void exitsWithTwoWhereThereIsNoSeries() throws IOException {
    GeneratedSets.manifest(collection, "rows", "plant");
    write("plant/train.csv", GeneratedSets.rows(new SplittableRandom(1), 100, i -> false));

    assertThat(Benchmark.run(collection, "drift").exitCode()).isEqualTo(2);
    assertThat(Benchmark.run(collection, "drift", "--rate", "0").exitCode()).isEqualTo(2);
  }

  private void write(String file, String csv) throws IOException {
    Files.writeString(collection.resolve(file), csv);
  }
}
