package dev.elbow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ThresholdOptionsTest {

  private final Path data;
  private final Path model;

  ThresholdOptionsTest(@TempDir Path directory) throws IOException {
    this.data = directory.resolve("minutes.csv");
    this.model = directory.resolve("model");
    Files.writeString(data, minutes(400));
  }

  /** A row a minute, which is 43 829 in a month, so 44 of them are 0.0010. */
  @Test
  void takesTheRateFromAlarmsPerMonth() throws IOException {
    Run run = train(data, "--alarms-per-month", "44");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .contains("for a false-alarm rate of 0.0010: 44.0 alarms in a month of 43,829 rows");
    assertThat(Files.readString(model.resolve("manifest.json")))
        .contains("\"alarms-per-month\" : \"44.0\"", "\"rows-per-month\" : \"43829.1\"");
  }

  @Test
  void saysHowSureItIsAndWarnsOfTooFewRows() {
    Run run = train(data, "--window", "rows", "--false-alarm-rate", "0.001");

    assertThat(run.out())
        .contains("by the quantile of 60 held-out scores")
        .contains("95 % sure that its rate is between ")
        .contains("warning    a false-alarm rate of 0.001 needs at least 100 held-out rows");
  }

  @Test
  void refusesBothARateAndAlarms() {
    Run run = train(data, "--alarms-per-month", "44", "--false-alarm-rate", "0.01");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .contains("expected either --false-alarm-rate or --alarms-per-month, found both");
  }

  @Test
  void refusesAlarmsPerMonthWithoutTimes(@TempDir Path directory) throws IOException {
    Path timeless = directory.resolve("timeless.csv");
    Files.writeString(timeless, "a,b\n1,2\n2,3\n3,5\n");

    Run run = train(timeless, "--alarms-per-month", "44");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("--alarms-per-month:", "give --false-alarm-rate");
  }

  @Test
  void refusesMoreAlarmsThanRows() {
    assertThat(train(data, "--alarms-per-month", "50000").err())
        .contains("expected more than 0 and fewer than the 43829 rows of a month, found 50000.0");
  }

  @Test
  void refusesATailOfTooFewPeaks() {
    Run run = train(data, "--threshold-method", "PARETO");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("a Pareto tail needs at least 20 independent peaks");
    assertThat(model).doesNotExist();
  }

  private Run train(Path csv, String... more) {
    Stream<String> usual =
        Stream.of("train", "--data", csv.toString(), "--model", model.toString(), "--rounds", "50");
    return Run.elbow(Stream.concat(usual, Arrays.stream(more)).toArray(String[]::new));
  }

  private static String minutes(int count) {
    return IntStream.range(0, count)
        .mapToObj(
            i ->
                "2026-03-01T%02d:%02d:00Z,%d,%d"
                    .formatted(i / 60, i % 60, 100 + i * 37 % 11, 50 + i * 29 % 7))
        .collect(Collectors.joining("\n", "timestamp,a,b\n", "\n"));
  }
}
