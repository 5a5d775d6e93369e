package dev.elbow.bundle;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elbow.input.InvalidInputException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BundleReaderTest {

  private final Path directory;
  private final Path model;

  BundleReaderTest(@TempDir Path directory) {
    this.directory = directory;
    this.model = directory.resolve("model");
  }

  @BeforeEach
  void writeABundle() {
    BundleWriter.write(Bundles.small(), model);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "encoder.onnx",
        "decoder.onnx",
        "encoder-2.onnx",
        "decoder-2.onnx",
        "exemplars-2.f64",
        "manifest.json",
        "golden.json",
        "calibration.f64",
        "report.html"
      })
  void refusesOneChangedByteInAnyFile(String name) throws IOException {
    byte[] content = Files.readAllBytes(model.resolve(name));
    content[content.length / 2] ^= 1;
    Files.write(model.resolve(name), content);

    assertRefused("%s: %s: expected SHA-256 ".formatted(model, name), "changed or damaged");
  }

  @Test
  void refusesAChangedDigest() throws IOException {
    Path sums = model.resolve("SHA256SUMS");
    Files.writeString(sums, Files.readString(sums).replaceFirst("[0-9a-f]{4}", "zzzz"));

    assertRefused("SHA256SUMS: line 1: expected 64 hexadecimal digits");
  }

  @ParameterizedTest
  @ValueSource(strings = {"encoder.onnx", "manifest.json", "SHA256SUMS"})
  void refusesAMissingFile(String name) throws IOException {
    Files.delete(model.resolve(name));

    assertRefused(name + ": ", "missing");
  }

  @Test
  void refusesAFileThatIsNotListed() throws IOException {
    Files.writeString(model.resolve("notes.txt"), "mine");

    assertRefused("notes.txt: not listed in SHA256SUMS");
  }

  @Test
  void refusesAFileThatIsListedButUnknown() {
    rewrite("weights.bin", "more");

    assertRefused("expected the files [calibration.f64, decoder-2.onnx", "weights.bin");
  }

  @Test
  void passesOverHiddenFiles() throws IOException {
    Files.writeString(model.resolve(".DS_Store"), "finder");

    BundleReader.read(model);
  }

  @Test
  void saysThatANewerElbowWroteIt() {
    edit("manifest.json", "\"formatVersion\" : 4", "\"formatVersion\" : 5, \"flow\" : true");

    assertRefused("formatVersion is 5, this Elbow reads 4: written by a newer Elbow");
  }

  @Test
  void refusesAnotherFormat() {
    edit("manifest.json", "elbow-bundle", "knee-bundle");

    assertRefused("expected a JSON object with \"format\": \"elbow-bundle\"", "knee-bundle");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"latents\" : 2 | \"latents\" : 2, \"pace\" : 2 | manifest.json: unknown field \"pace\"",
        "\"limit\" : 3.0 | \"limit\" : 3.0, \"soft\" : 1 | squash: unknown field \"soft\"",
        "[ 1, 1 ] | [ 1, 0 ] | window: window: expected block lengths of at least 1",
        "[ 1, 1 ] | [ 1, 1.5 ] | window.blocks[1]: ",
        "[ 1, 1 ] | null | window.blocks: ",
        "[ 1, 1 ] | [ 1, 1, 1 ] | whitening.f64: expected 10 × 9 numbers, found 42",
        "[ 1, 1 ] | [ 1 ] | SHA256SUMS: expected the files",
        "\"usualStepSeconds\" : 1.0 | \"usualStepSeconds\" : 0 | window: continuity: expected",
        "\"usualStepSeconds\" : 1.0 | \"usualStepSeconds\" : \"PT1S\" | window.usualStepSeconds: ",
        "\"gapSteps\" : 10.0 | \"gapSteps\" : 0.5 | window: continuity: expected",
        "\"latents\" : 2 | \"latents\" : 3 | draws: a draw has 2 numbers, latents is 3",
        "\"latents\" : 2 | \"latents\" : 2.5 | latents: ",
        "\"latents\" : 2 | \"latents\" : \"2\" | latents: ",
        "\"latents\" : 2, | `` | latents",
        "\"scale\" : 2.0 | \"scale\" : -2.0 | sensors[1]: sensor temperature",
        "\"name\" : \"speed\" | \"name\" : \"pressure\" | sensors: a name occurs twice",
        "standard-normal | laplace | members[0].prior: ",
        "\"exemplars\" : 2 | \"exemplars\" : 3 | exemplars-2.f64: expected 3 rows of 3 numbers",
        "0.125 | -0.125 | variances: expected positive numbers",
        ", 0.125 | `` | members[1].prior.variances: expected one for each of 2 latents, found 1",
        "empirical | guess | threshold.tail: ",
        "\"heldOutRows\" : 4 | \"heldOutRows\" : 5 | calibration.f64: has 4 scores",
        "\"rowsRead\" : 30 | \"rowsRead\" : 31 | lineage: rowsRead: expected fitted 24",
        "\"alarms\" : | \"alarms\" | manifest.json: line 2, column",
        "two-clocks | sundial | alarms.rule: ",
        "\"alpha\" : 0.1 | \"alpha\" : 0 | smoothing alpha: expected a number in (0, 1]",
        "\"fastRows\" : 100 | \"fastRows\" : 1 | fast clock: expected at least 2 rows",
        "\"smoothed\" | \"squared\" | alarms.thresholdOn: ",
        "\"latents\" : 2 | \"latents\" : 2, \"latents\" : 2 | Duplicate field 'latents'",
      })
  void refusesAManifestThatIsNotOne(String original, String edited, String message) {
    edit("manifest.json", original, edited);

    assertRefused(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"score\" : 2.5 | \"score\" : 2.75 | do not add up",
        "51.5 | \"NaN\" | golden.json: observations[0].values[4]: ",
        "51.5, 1200.0 | 51.5 | observation 0 has 5 values and 3 contributions; expected 6 and 3",
        "1.0E-4 | 0 | tolerance: expected a positive number",
      })
  void refusesGoldenObservationsThatAreNot(String original, String edited, String message) {
    edit("golden.json", original, edited);

    assertRefused(message);
  }

  @Test
  void refusesADirectoryThatIsNotThere() {
    assertThatThrownBy(() -> BundleReader.read(directory.resolve("nothing")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("found no such file; train one with: elbow train --model");
  }

  @Test
  void refusesADirectoryThatIsNoBundle() throws IOException {
    Path home = Files.createDirectory(directory.resolve("home"));
    Files.createDirectory(home.resolve("photos"));

    assertThatThrownBy(() -> BundleReader.read(home))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(home + ": expected a bundle, found a directory with no file of one");
  }

  @Test
  void namesTheBundleThatAnInterruptedReplacementLeft() throws IOException {
    Files.move(model, directory.resolve(".model.old"));

    assertRefused("a replacement was interrupted: move ", ".model.old back to this name");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../manifest.json", "/etc/passwd", "model/manifest.json", "model/", ".."})
  void refusesAZipEntryOutsideTheBundle(String name) throws IOException {
    byte[] zip = zip(name, "content");

    assertThatThrownBy(() -> BundleReader.readZip("upload", zip))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("upload: entry \"" + name + "\": expected plain file names");
  }

  @Test
  void refusesAZipEntryThatUnpacksWithoutEnd() throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry("encoder.onnx"));
      byte[] zeros = new byte[1 << 20];
      for (int written = 0; written <= BundleReader.MAX_FILE_BYTES; written += zeros.length) {
        zip.write(zeros);
      }
    }

    assertThatThrownBy(() -> BundleReader.readZip("upload", bytes.toByteArray()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("upload: encoder.onnx: expected at most");
  }

  @Test
  void refusesANameInTheZipThatIsNotUtf8() throws IOException {
    byte[] zip = zip("encoder\u00e9.onnx", "content");
    for (int i = 0; i < zip.length; i++) {
      zip[i] = zip[i] == (byte) 0xC3 ? (byte) 0xFF : zip[i]; // the first byte of é
    }

    assertThatThrownBy(() -> BundleReader.readZip("upload", zip))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("upload: ");
  }

  @Test
  void refusesWhatIsNoZip() {
    assertThatThrownBy(() -> BundleReader.readZip("upload", "no zip".getBytes(UTF_8)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("upload: expected a bundle, found no zip or an empty one");
  }

  private void assertRefused(String... messageParts) {
    assertThatThrownBy(() -> BundleReader.read(model))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith(model.toString())
        .hasMessageContainingAll(messageParts);
  }

  /** Changes a file and its digest, as somebody would who means it. */
  private void edit(String name, String original, String edited) {
    rewrite(name, new String(files().get(name), UTF_8).replace(original, edited));
  }

  private void rewrite(String name, String content) {
    SortedMap<String, byte[]> files = files();
    files.put(name, content.getBytes(UTF_8));
    files.remove(Sha256Sums.NAME);
    try {
      Files.write(model.resolve(name), content.getBytes(UTF_8));
      Files.write(model.resolve(Sha256Sums.NAME), Sha256Sums.of(files));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static SortedMap<String, byte[]> files() {
    return new TreeMap<>(Bundles.small().files());
  }

  private static byte[] zip(String name, String content) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry(name));
      zip.write(content.getBytes(UTF_8));
    }
    return bytes.toByteArray();
  }
}
