package dev.elbow.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows that follow one another: a level that wanders, a flow that follows it, three gauges. */
class SeriesTest {

  private static final int ROWS = 60;

  private static final List<String> SENSORS =
      List.of("level", "flow", "gauge_1", "gauge_2", "gauge_3");

  /** Rows of the test file: a gap before one, one out of order, and a fault at the end. */
  private static final int AFTER_GAP = 20;

  private static final int OUT_OF_ORDER = 35;
  private static final int FAULT_FROM = 50;

  private static Path directory;
  private static Path model;
  private static Path test;
  private static Run trained;

  @BeforeAll
  static void trainOnce(@TempDir Path temporary) throws IOException {
    directory = temporary;
    model = directory.resolve("model");
    test = directory.resolve("test.csv");
    Path train = directory.resolve("train.csv");
    Files.writeString(train, csv(600, 1, false));
    Files.writeString(test, csv(ROWS, 2, true));
    trained =
        Run.elbow(
            "train",
            "--data",
            train.toString(),
            "--model",
            model.toString(),
            "--rounds",
            "400",
            "--false-alarm-rate",
            "0.02");
  }

  @Test
  void seesSeriesInWindowsAndSaysWhy() {
    assertThat(trained.exitCode()).isZero();
    assertThat(trained.out())
        .contains("input      windows of the last 8 rows, whitened with ridge 0.001: the largest")
        .contains("7 left out (next to those held out), 7 left out (warming up)");
  }

  @Test
  void scoresNoRowWithoutAWholeWindow() throws IOException {
    List<NamedCsvRecord> rows = score();

    assertThat(rows).hasSize(ROWS);
    assertThat(rows.subList(0, 7)).allSatisfy(SeriesTest::assertWarmingUp);
    assertThat(rows.get(7).getField("score")).isNotEmpty();
    assertThat(rows.subList(AFTER_GAP, AFTER_GAP + 7)).allSatisfy(SeriesTest::assertWarmingUp);
    assertThat(rows.get(AFTER_GAP + 7).getField("score")).isNotEmpty();
  }

  @Test
  void rejectsARowThatIsOutOfOrder() throws IOException {
    List<NamedCsvRecord> rows = score();

    assertThat(rows.get(OUT_OF_ORDER).getField("reason")).isEqualTo("out-of-order");
    assertThat(rows.get(OUT_OF_ORDER).getField("score")).isEmpty();
    assertThat(rows.get(OUT_OF_ORDER + 1).getField("score")).isNotEmpty();
  }

  @Test
  void contributionsOfWindowsAddUpAndBlameTheSensor() throws IOException {
    List<NamedCsvRecord> rows = score();

    assertThat(rows)
        .filteredOn(row -> !row.getField("score").isEmpty())
        .allSatisfy(
            row -> {
              double reconstruction =
                  SENSORS.stream().mapToDouble(d -> number(row, "contribution." + d)).sum();
              assertThat(reconstruction).isCloseTo(number(row, "reconstruction"), within(1e-9));
              assertThat(reconstruction + number(row, "kl"))
                  .isCloseTo(number(row, "score"), within(1e-9));
            });
    NamedCsvRecord faulty = rows.get(FAULT_FROM);
    assertThat(faulty.getField("anomaly")).isEqualTo("1");
    assertThat(number(faulty, "contribution.flow"))
        .isGreaterThan(number(faulty, "contribution.level"));
  }

  @Test
  void evaluatesTheRowsThatHaveAWindow() {
    Run run = Run.elbow("evaluate", "--model", model.toString(), "--data", test.toString());

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("Elbow, negative ELBO");
  }

  @Test
  void tellsAlarmsOfASeriesByTwoClocks() throws IOException {
    assertThat(trained.out())
        .containsPattern("threshold  [0-9.]+ scatters above a machine's level");
    NamedCsvRecord scored = score().get(12);
    assertThat(number(scored, "smoothed")).isNotEqualTo(number(scored, "score"));
  }

  @Test
  void tellsAlarmsInOtherWaysWhereAskedTo() {
    assertThat(retrain("--smoothing", "1", "--alarm-rule", "fixed").out())
        .containsPattern("threshold  -?[0-9.]+ nats for");
    assertThat(retrain("--fast-clock", "50", "--slow-clock", "5000", "--shift-spread", "4").out())
        .contains("scatters above");
  }

  @Test
  void refusesAlarmsThatDoNotGoTogether() {
    assertThat(retrain("--alarm-rule", "fixed", "--fast-clock", "50").err())
        .contains("go with --alarm-rule two-clocks; the rule is fixed");
    assertThat(retrain("--smoothing", "0").err()).contains("expected a number in (0, 1]");
    assertThat(retrain("--fast-clock", "1").err()).contains("fast clock: expected at least 2 rows");
    assertThat(retrain("--alarm-rule", "loud").err()).contains("two-clocks", "loud");
  }

  @Test
  void seesFewSensorsByALongerPast() {
    String others = "gauge_1,gauge_2,gauge_3";

    assertThat(retrain("--ignore", others).out())
        .contains("windows of the last 64 rows in 7 blocks, whitened with ridge 0.1: the largest");
  }

  @Test
  void takesAnyWindowAskedFor() {
    assertThat(retrain("--window", "1,1,2,4", "--ridge", "0.05").out())
        .contains("windows of the last 8 rows in 4 blocks, whitened with ridge 0.05: asked for");
    assertThat(retrain("--window", "rows").out()).contains("single rows: asked for");
    assertThat(retrain("--window", "3").out()).contains("windows of the last 3 rows, whitened");
    assertThat(retrain("--window", "AUTO").out()).contains("windows of the last 8 rows");
  }

  @Test
  void refusesAWindowThatIsNone() {
    assertThat(retrain("--window", "many").err())
        .contains("expected auto, rows, dyadic, a number of rows or lengths of blocks")
        .contains("found many");
    assertThat(retrain("--window", "2,2").err()).contains("the first of them 1");
    assertThat(retrain("--window", "0").err()).contains("expected 1 to 4096 rows, found 0");
    assertThat(retrain("--window", "500").err()).contains("--window of 500 rows: only 101 rows");
    assertThat(retrain("--ridge", "0").err()).contains("ridge: expected a positive number");
    assertThat(retrain("--gap", "0.5").err()).contains("gap: expected at least 1 step");
  }

  private static Run retrain(String... more) {
    String[] usual = {
      "train",
      "--data",
      directory.resolve("train.csv").toString(),
      "--model",
      directory.resolve("other").toString(),
      "--rounds",
      "20"
    };
    return Run.elbow(
        Stream.concat(Arrays.stream(usual), Arrays.stream(more)).toArray(String[]::new));
  }

  private static List<NamedCsvRecord> score() throws IOException {
    Path output = directory.resolve("scores.csv");
    Run run =
        Run.elbow(
            "score",
            "--model",
            model.toString(),
            "--data",
            test.toString(),
            "--output",
            output.toString(),
            "--contributions");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("1 not scorable, 14 warming up");
    try (CsvReader<NamedCsvRecord> csv = CsvReader.builder().ofNamedCsvRecord(output)) {
      return csv.stream().toList();
    }
  }

  private static void assertWarmingUp(NamedCsvRecord row) {
    assertThat(row.getField("reason")).isEqualTo("warming up");
    assertThat(row.getField("score")).isEmpty();
    assertThat(row.getField("anomaly")).isEmpty();
    assertThat(row.getField("contribution.flow")).isEmpty();
  }

  private static double number(NamedCsvRecord row, String column) {
    return Double.parseDouble(row.getField(column));
  }

  private static String csv(int rows, long seed, boolean eventful) {
    SplittableRandom random = new SplittableRandom(seed);
    StringBuilder csv = new StringBuilder("timestamp,label," + String.join(",", SENSORS) + "\n");
    Instant start = Instant.parse("2026-03-01T00:00:00Z");
    double level = 0;
    for (int i = 0; i < rows; i++) {
      level = 0.9 * level + random.nextGaussian();
      boolean fault = eventful && i >= FAULT_FROM;
      double flow = 2 * level + 0.2 * random.nextGaussian() + (fault ? 6 : 0);
      long second = eventful && i == OUT_OF_ORDER ? i : i + (eventful && i >= AFTER_GAP ? 500 : 0);
      csv.append("%s,%d,%s,%s".formatted(start.plusSeconds(second), fault ? 1 : 0, level, flow));
      for (int d = 2; d < SENSORS.size(); d++) {
        csv.append(',').append(level + random.nextGaussian());
      }
      csv.append(System.lineSeparator());
    }
    return csv.toString();
  }
}
