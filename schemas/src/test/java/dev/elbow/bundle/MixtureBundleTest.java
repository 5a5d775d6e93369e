package dev.elbow.bundle;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elbow.input.InvalidInputException;
import dev.elbow.score.Mask;
import dev.elbow.score.Rows;
import dev.elbow.score.WeightedMixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A bundle of single rows whose score has an exemplar mixture. */
class MixtureBundleTest {

  private static final Path GOLDEN = Path.of("src/test/resources/bundle-of-rows");

  private final Path model;

  MixtureBundleTest(@TempDir Path directory) {
    this.model = directory.resolve("model");
  }

  @Test
  void readsTheMixtureThatWasWritten() {
    ModelBundle written = Bundles.ofRows();
    BundleWriter.write(written, model);

    ModelBundle read = BundleReader.read(model);

    assertThat(read.id()).isEqualTo(written.id());
    assertThat(read.manifest()).isEqualTo(written.manifest());
    WeightedMixture mixture = read.mixture().orElseThrow();
    assertThat(mixture.weight()).isEqualTo(0.25);
    Rows row = Rows.copyOf(new double[][] {{0.5, -4, 1}});
    assertThat(mixture.mixture().score(row, Mask.all(1, 3)).score(0))
        .isEqualTo(written.mixture().orElseThrow().mixture().score(row, Mask.all(1, 3)).score(0));
  }

  @Test
  void writesTheSameBytesAsEver() {
    BundleWriter.write(Bundles.ofRows(), model);

    assertThat(Bundles.ofRows().files().keySet())
        .contains("mixture.f64")
        .allSatisfy(
            name -> assertThat(model.resolve(name)).hasSameBinaryContentAs(GOLDEN.resolve(name)));
  }

  @Test
  void readsTheBundleOfThisVersion() {
    assertThat(BundleReader.read(GOLDEN).id()).isEqualTo(Bundles.ofRows().id());
  }

  /** Numbers of the file: weight and exemplar, three times; nine of A; knots and values. */
  @ParameterizedTest
  @CsvSource({
    "0, 0.25, weights of the exemplars: expected positive numbers of sum 1",
    "1, NaN, exemplars and root of the precision: expected finite numbers",
    "12, 0, root of the precision: expected an invertible matrix",
    "20, Infinity, exemplars and root of the precision: expected finite numbers",
    "21, 1.5, sensor map: expected finite ascending knots",
    "24, -1.25, sensor map: expected finite ascending knots",
  })
  void refusesADamagedNumber(int place, double value, String message) throws IOException {
    BundleWriter.write(Bundles.ofRows(), model);
    double[] numbers = Float64.fromBytes(Files.readAllBytes(model.resolve("mixture.f64")));
    numbers[place] = value;

    rewrite("mixture.f64", Float64.toBytes(numbers));

    assertRefused("mixture.f64: " + message);
  }

  @Test
  void refusesAFileOfAnotherLength() throws IOException {
    BundleWriter.write(Bundles.ofRows(), model);
    byte[] bytes = Files.readAllBytes(model.resolve("mixture.f64"));

    rewrite("mixture.f64", Arrays.copyOf(bytes, bytes.length - 8));

    assertRefused(
        "mixture.f64: expected 3 exemplars of 3 sensors with 7 knots, 35 numbers, found 34");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"exemplars\" : 3 | \"exemplars\" : 4 | mixture.f64: expected 4 exemplars",
        "[ 2, 2, 3 ] | [ 2, 2, 1 ] | knots: expected at least 2 for each sensor",
        "[ 2, 2, 3 ] | [ 2, 2 ] | mixture: expected single rows and knots for each of 3 sensors",
        "[ 1 ] | [ 1, 1 ] | mixture: expected single rows",
        "\"weight\" : 0.25 | \"weight\" : 1.0 | weight: expected a number between 0 and 1",
        "\"type\" : \"exemplars\" | \"type\" : \"trees\" | mixture: ",
      })
  void refusesAManifestThatDoesNotFit(String original, String edited, String message)
      throws IOException {
    BundleWriter.write(Bundles.ofRows(), model);
    String manifest = Files.readString(model.resolve("manifest.json"));

    rewrite("manifest.json", manifest.replace(original, edited).getBytes(UTF_8));

    assertRefused(message);
  }

  private void rewrite(String name, byte[] content) throws IOException {
    SortedMap<String, byte[]> files = new TreeMap<>(Bundles.ofRows().files());
    files.put(name, content);
    files.remove(Sha256Sums.NAME);
    Files.write(model.resolve(name), content);
    Files.write(model.resolve(Sha256Sums.NAME), Sha256Sums.of(files));
  }

  private void assertRefused(String message) {
    assertThatThrownBy(() -> BundleReader.read(model))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(message);
  }
}
