package dev.elbow.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import dev.elbow.bundle.BundleReader;
import dev.elbow.bundle.BundleWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainAndScoreTest {

  private static final int TEST_ROWS = 200;
  private static final int FAULT_FROM = 150;

  private static Path directory;
  private static Path train;
  private static Path test;
  private static Path model;
  private static Run trained;

  @BeforeAll
  static void trainOnce(@TempDir Path temporary) throws IOException {
    directory = temporary;
    train = SensorCsv.normal(directory.resolve("train.csv"), 600, 1);
    test = SensorCsv.withFault(directory.resolve("test.csv"), TEST_ROWS, 2, FAULT_FROM);
    model = directory.resolve("model");
    trained = train(train, model);
  }

  private static Run train(Path data, Path model, String... more) {
    Stream<String> usual =
        Stream.of(
            "train",
            "--data",
            data.toString(),
            "--model",
            model.toString(),
            "--false-alarm-rate",
            "0.02",
            "--rounds",
            "400");
    return Run.elbow(Stream.concat(usual, Arrays.stream(more)).toArray(String[]::new));
  }

  @Test
  void saysWhatItTrained() {
    assertThat(trained.exitCode()).isZero();
    assertThat(trained.out())
        .contains(
            "600 rows, 3 sensors: 510 fitted, 90 held out; in the end fitted again to all of them"
                + System.lineSeparator());
    assertThat(trained.err()).contains("training: 100 %");
  }

  @Test
  void writesTheSameBundleFromTheSameDataAndSeed() throws IOException {
    Path again = directory.resolve("again");

    train(train, again);

    assertThat(again.resolve("SHA256SUMS")).hasSameTextualContentAs(model.resolve("SHA256SUMS"));
  }

  @Test
  void signsTheBundleAndScoresWithItAlone() {
    Path key = directory.resolve("signing.key");
    Path signed = directory.resolve("signed");
    assertThat(Run.elbow("keygen", "--key", key.toString()).exitCode()).isZero();
    assertThat(train(train, signed, "--sign", key.toString()).exitCode()).isZero();

    assertThat(scoreSigned(signed, key).exitCode()).isZero();

    Run unsigned = scoreSigned(model, key);
    assertThat(unsigned.exitCode()).isEqualTo(2);
    assertThat(unsigned.err()).contains("SIGNATURE: missing; only bundles signed with the key ");
  }

  @Test
  void signsABundleThatIsThereInDirectoryAndZip() throws IOException {
    Path key = directory.resolve("later.key");
    Run.elbow("keygen", "--key", key.toString());
    Path later = directory.resolve("later");
    Path zip = directory.resolve("later.zip");
    BundleWriter.write(BundleReader.read(model), later);
    BundleWriter.writeZip(BundleReader.read(model), zip);

    for (Path bundle : List.of(later, zip)) {
      Run run = Run.elbow("sign", "--model", bundle.toString(), "--key", key.toString());

      assertThat(run.exitCode()).isZero();
      assertThat(run.out()).contains(BundleReader.read(model).id());
      assertThat(run.out() + run.err()).doesNotContain(Files.readAllLines(key).get(1));
      assertThat(scoreSigned(bundle, key).exitCode()).isZero();
    }
  }

  private static Run scoreSigned(Path bundle, Path key) {
    return Run.elbow(
        "score",
        "--model",
        bundle.toString(),
        "--data",
        test.toString(),
        "--output",
        directory.resolve("signed.csv").toString(),
        "--public-key",
        key + ".pub");
  }

  @Test
  void trainsMembersWithAnExemplarPrior() throws IOException {
    Path members = directory.resolve("members");

    Run run =
        train(
            train,
            members,
            "--members",
            "2",
            "--prior",
            "exemplar",
            "--exemplars",
            "100",
            "--exemplar-bandwidth",
            "held-out");

    assertThat(run.exitCode()).isZero();
    assertThat(members.resolve("exemplars-2.f64")).hasSize(100 * (1 + 2) * Double.BYTES);
    assertThat(Files.readString(members.resolve("manifest.json")))
        .contains("\"prior\" : \"exemplar\"", "\"exemplar-bandwidth\" : \"held-out\"")
        .contains("\"member2.exemplarBandwidth\" : ");
  }

  @Test
  void trainsTheMixtureAskedFor() throws IOException {
    Path mixed = directory.resolve("mixed");

    Run run = train(train, mixed, "--mixture", "0.75", "--mixture-exemplars", "20");

    assertThat(run.exitCode()).isZero();
    assertThat(Files.readString(mixed.resolve("manifest.json")))
        .contains("\"mixture\" : \"0.75\"", "\"mixture-exemplars\" : \"20\"")
        .contains("\"weight\" : 0.75", "\"heldOut.mixture\" : ");
    assertThat(mixed.resolve("mixture.f64")).exists();
  }

  @Test
  void keepsTheRoundThatHeldOutRowsPrefer() throws IOException {
    Path stopped = directory.resolve("stopped");

    Run run = train(train, stopped, "--early-stopping", "--refit", "--linear-skips");

    assertThat(run.exitCode()).isZero();
    assertThat(Files.readString(stopped.resolve("manifest.json")))
        .contains("\"early-stopping\" : \"true\"", "\"refit\" : \"true\"")
        .contains("\"linear-skips\" : \"true\"", "\"linearSkips\" : true")
        .contains("\"member1.keptRound\" : ");
  }

  @Test
  void writesNothingIfTheFitComesToNothing() {
    Path nothing = directory.resolve("nothing");

    Run run = train(train, nothing, "--learning-rate", "50");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("lower the learning rate, which was 50.0");
    assertThat(nothing).doesNotExist();
  }

  @Test
  void refusesSettingsThatDoNotFit() {
    assertThat(train(train, model, "--exemplars", "10").err())
        .contains("--exemplars and --exemplar-bandwidth go with --prior exemplar");
    assertThat(train(train, model, "--prior", "uniform").err())
        .contains("--prior: expected standard-normal or exemplar, found uniform");
    assertThat(train(train, model, "--window", "4", "--mixture", "0.5").err())
        .contains("--mixture goes with single rows, found windows of 4 rows");
    assertThat(train(train, model, "--mixture", "1").err())
        .contains("mixture: expected a weight from 0 up to, but not, 1, found 1.0");
    assertThat(train(train, model, "--mixture", "0", "--mixture-exemplars", "9").err())
        .contains("--mixture-exemplars goes with --mixture; found no mixture");
    assertThat(train(train, model, "--no-early-stopping", "--refit").err())
        .contains("--refit goes with --early-stopping");
    assertThat(train(train, model, "--latents", "4096").err())
        .contains("latents: expected 1 to 1024, found 4096");
    assertThat(train(train, model, "--members", "0").err())
        .contains("members: expected 1 to 16, found 0");
  }

  @Test
  void scoresOneRowOutPerRowInAndFindsTheFault() throws IOException {
    List<NamedCsvRecord> rows = score(test);

    assertThat(rows).hasSize(TEST_ROWS);
    assertThat(rows.get(0).getField("row")).isEqualTo("1");
    assertThat(rows.get(0).getField("timestamp")).isEqualTo("2026-03-01T00:00:00Z");
    assertThat(rows.subList(FAULT_FROM, TEST_ROWS))
        .allSatisfy(row -> assertThat(row.getField("anomaly")).isEqualTo("1"));
    assertThat(rows.subList(0, FAULT_FROM))
        .filteredOn(row -> row.getField("anomaly").equals("1"))
        .hasSizeLessThan(FAULT_FROM / 10);
  }

  @Test
  void writesContributionsThatAddUpAndBlameTheSensor() throws IOException {
    for (NamedCsvRecord row : score(test)) {
      double speed = number(row, "contribution.speed");
      double flow = number(row, "contribution.flow");
      double current = number(row, "contribution.current");
      double reconstruction = number(row, "reconstruction");

      assertThat(speed + flow + current).isCloseTo(reconstruction, within(1e-9));
      assertThat(reconstruction + number(row, "kl")).isCloseTo(number(row, "score"), within(1e-9));
    }
    NamedCsvRecord faulty = score(test).get(TEST_ROWS - 1);
    assertThat(number(faulty, "contribution.flow"))
        .isGreaterThan(number(faulty, "contribution.speed"))
        .isGreaterThan(number(faulty, "contribution.current"));
  }

  @Test
  void leavesNumbersEmptyAndGivesAReasonWhereTooLittleWasObserved() throws IOException {
    Path sparse = directory.resolve("sparse.csv");
    Files.writeString(sparse, "speed,flow,current\n1450,,\n1450,96.6,\n1450,96.6,14.5\n");

    List<NamedCsvRecord> rows = score(sparse);

    assertThat(rows.get(0).getField("reason")).isEqualTo("too-few-sensors");
    assertThat(rows.get(0).getField("score")).isEmpty();
    assertThat(rows.get(0).getField("anomaly")).isEmpty();
    assertThat(rows.get(1).getField("reason")).isEmpty();
    assertThat(number(rows.get(1), "contribution.current")).isZero();
    assertThat(rows.get(2).getField("score")).isNotEmpty();
  }

  @Test
  void namesFileLineAndColumnOfAValueThatIsNoNumber() throws IOException {
    Path bad = directory.resolve("bad.csv");
    Files.writeString(bad, "speed,flow,current\n1450,96.6,14.5\n1450,high,14.5\n");

    Run run = score(bad, directory.resolve("none.csv"));

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("bad.csv:3:", "high").doesNotContain("\tat ");
    assertThat(directory.resolve("none.csv")).doesNotExist();
  }

  @Test
  void namesTheSensorsThatTheDataLacks() throws IOException {
    Path other = directory.resolve("other.csv");
    Files.writeString(other, "speed,level\n1450,3\n");

    Run run = score(other, directory.resolve("none.csv"));

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("[flow, current]");
  }

  @Test
  void passesOverSensorsTheModelDoesNotHaveAndSaysSo() throws IOException {
    Path wider = directory.resolve("wider.csv");
    Files.writeString(wider, "level,current,flow,speed\n3,14.5,96.7,1450\n");
    Path output = directory.resolve("wider.out.csv");

    Run run = score(wider, output);

    assertThat(run.exitCode()).isZero();
    assertThat(run.err()).contains("passed over: level");
    assertThat(output).exists();
  }

  @Test
  void leavesNothingBehindWhereTheOutputIsADirectory() throws IOException {
    Path output = Files.createDirectory(directory.resolve("outputs"));

    Run run = score(test, Files.createDirectory(output.resolve("scores")));

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("found a directory");
    assertThat(output).isDirectoryNotContaining("glob:**.unfinished");
  }

  @Test
  void refusesATargetThatIsNotItsOwnBeforeItReadsTheData() {
    Run run = Run.elbow("train", "--data", "no-such.csv", "--model", directory.toString());

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("expected a bundle or an empty directory to replace");
  }

  @Test
  void refusesOptionsThatWouldHaveNoEffect() {
    Run run =
        Run.elbow(
            "train",
            "--data",
            train.toString(),
            "--from",
            "2026-03-01",
            "--model",
            directory.resolve("m").toString());

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("--from", "go with --topic");
  }

  @Test
  void saysWhereThereIsNoBundle() {
    Run run =
        Run.elbow(
            "score",
            "--model",
            directory.resolve("nowhere").toString(),
            "--data",
            test.toString(),
            "--output",
            directory.resolve("none.csv").toString());

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("nowhere");
  }

  @Test
  void evaluatesBesideTheSimpleDetectors() {
    Run run =
        Run.elbow(
            "evaluate",
            "--model",
            model.toString(),
            "--data",
            test.toString(),
            "--train",
            train.toString());

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("AUC-ROC", "negative ELBO", "PCA, T²", "PCA, Q", "largest |z|");
  }

  @Test
  void refusesAFalseAlarmRateOutsideItsRange() {
    Run run =
        Run.elbow(
            "train",
            "--data",
            train.toString(),
            "--model",
            directory.resolve("m").toString(),
            "--false-alarm-rate",
            "1.5");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("false-alarm rate", "1.5");
    assertThat(directory.resolve("m")).doesNotExist();
  }

  private static Run score(Path data, Path output) {
    return Run.elbow(
        "score",
        "--model",
        model.toString(),
        "--data",
        data.toString(),
        "--output",
        output.toString());
  }

  private static List<NamedCsvRecord> score(Path data) throws IOException {
    Path output = directory.resolve("scores.csv");
    Run run =
        Run.elbow(
            "score",
            "--model",
            model.toString(),
            "--data",
            data.toString(),
            "--output",
            output.toString(),
            "--contributions");
    assertThat(run.exitCode()).as(run.err()).isZero();
    try (CsvReader<NamedCsvRecord> csv = CsvReader.builder().ofNamedCsvRecord(output)) {
      return csv.stream().toList();
    }
  }

  private static double number(NamedCsvRecord row, String column) {
    return Double.parseDouble(row.getField(column));
  }
}
