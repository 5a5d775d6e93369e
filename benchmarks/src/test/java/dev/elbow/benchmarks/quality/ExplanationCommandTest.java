package dev.elbow.benchmarks.quality;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExplanationCommandTest {

  @TempDir Path collection;

  /**
   * An offset of 3, 5 or 8 standard deviations is 10, 17 or 28 of the noise that the three other
   * sensors leave unexplained, so blame is plain; by |z| a large cause hides some of the smallest.
   */
  @Test
  void blamesTheSensorThatIsOff() throws IOException {
    GeneratedSets.manifest(collection, "rows", "plant");
    write("plant/train.csv", GeneratedSets.rows(new SplittableRandom(1), 500, i -> false));
    write("plant/test.csv", GeneratedSets.rows(new SplittableRandom(2), 200, i -> i < 50));

    Benchmark run = Benchmark.run(collection, "explanation", "--family", "rows");

    assertThat(run.exitCode()).isZero();
    assertThat(run.values())
        .containsOnlyKeys(
            "explanation.rows.all.first",
            "explanation.rows.all.first_three",
            "explanation.rows.raised.first",
            "explanation.rows.raised.first_three",
            "explanation.rows.episodes.first",
            "explanation.rows.episodes.first_three");
    assertThat(run.value("explanation.rows.all.first")).isGreaterThan(0.9);
    assertThat(run.baseline("explanation.rows.all.first")).isLessThan(1);
  }

  @Test
  void asksOfSeriesOnTheEndOfTheTrainingRowsWhereThereAreNoOthers() throws IOException {
    GeneratedSets.manifest(collection, "series", "plant");
    write(
        "plant/train.csv",
        GeneratedSets.series(new SplittableRandom(3), 0, 700, Integer.MAX_VALUE, i -> false));

    Benchmark run = Benchmark.run(collection, "explanation", "--family", "series", "--faults", "5");

    assertThat(run.exitCode()).isZero();
    assertThat(run.value("explanation.series.all.first")).isGreaterThan(0.8);
  }

  @Test
  void exitsWithTwoWhereEverySensorIsACopy() throws IOException {
    GeneratedSets.manifest(collection, "copies", "pair");
    StringBuilder csv = new StringBuilder("a,b\n");
    for (int i = 0; i < 200; i++) {
      csv.append("%d,%d%n".formatted(i % 17, 3 * (i % 17)));
    }
    write("pair/train.csv", csv.toString());
    write("pair/test.csv", csv.toString());

    assertThat(Benchmark.run(collection, "explanation", "--family", "copies").exitCode())
        .isEqualTo(2);
  }

  private void write(String file, String csv) throws IOException {
    Files.writeString(collection.resolve(file), csv);
  }
}
