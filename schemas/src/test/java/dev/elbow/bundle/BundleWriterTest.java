package dev.elbow.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elbow.input.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundleWriterTest {

  private static final ModelBundle OTHER =
      Bundles.of(
          Bundles.manifest(4), new Golden(0.5, List.of(Bundles.GOLDEN.observations().get(0))));

  private final Path directory;
  private final Path model;

  BundleWriterTest(@TempDir Path directory) {
    this.directory = directory;
    this.model = directory.resolve("model");
  }

  @Test
  void makesMissingParents() {
    Path deep = directory.resolve("a/b/model");

    BundleWriter.write(Bundles.small(), deep);

    assertThat(BundleReader.read(deep).id()).isEqualTo(Bundles.small().id());
  }

  @Test
  void replacesABundleAndLeavesNothingBeside() throws IOException {
    BundleWriter.write(OTHER, model);

    BundleWriter.write(Bundles.small(), model);

    assertThat(BundleReader.read(model).id()).isEqualTo(Bundles.small().id());
    assertThat(namesIn(directory)).containsExactly("model");
  }

  @Test
  void replacesADamagedBundle() throws IOException {
    BundleWriter.write(OTHER, model);
    Files.delete(model.resolve("SHA256SUMS"));

    BundleWriter.write(Bundles.small(), model);

    assertThat(BundleReader.read(model).id()).isEqualTo(Bundles.small().id());
  }

  @Test
  void replacesWhatALinkPointsTo() throws IOException {
    BundleWriter.write(OTHER, model);
    Path link = Files.createSymbolicLink(directory.resolve("current"), model);

    BundleWriter.write(Bundles.small(), link);

    assertThat(link).isSymbolicLink();
    assertThat(BundleReader.read(link).id()).isEqualTo(Bundles.small().id());
  }

  @Test
  void clearsWhatAnInterruptedReplacementLeft() throws IOException {
    BundleWriter.write(OTHER, directory.resolve(".model.old"));

    BundleWriter.write(Bundles.small(), model);

    assertThat(namesIn(directory)).containsExactly("model");
  }

  @Test
  void refusesADirectoryThatIsNotABundle() throws IOException {
    Files.createDirectories(model);
    Files.writeString(model.resolve("thesis.tex"), "years of work");

    assertThatThrownBy(() -> BundleWriter.write(Bundles.small(), model))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            model
                + ": expected a bundle or an empty directory to replace, found [thesis.tex];"
                + " choose another name");
    assertThat(namesIn(model)).containsExactly("thesis.tex");
    assertThat(namesIn(directory)).containsExactly("model");
  }

  @Test
  void knowsBeforehandWhatCannotBeWritten() throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "mine");

    assertThatThrownBy(() -> BundleWriter.requireWritable(directory))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("expected a bundle or an empty directory to replace, found [file]");
    assertThatThrownBy(() -> BundleWriter.requireWritable(file.resolve("a/model")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(file + " is no directory that may be written to");
  }

  @Test
  void canWriteBelowParentsYetToBeMade() {
    BundleWriter.requireWritable(directory.resolve("a/b/model"));

    assertThat(directory.resolve("a")).doesNotExist();
  }

  @Test
  void refusesAFile() throws IOException {
    Files.writeString(model, "not a directory");

    assertThatThrownBy(() -> BundleWriter.write(Bundles.small(), model))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("expected a directory or nothing, found a file");
    assertThat(model).hasContent("not a directory");
  }

  @Test
  void keepsTheOldBundleIfTheNewOneCannotBeWritten() throws IOException {
    BundleWriter.write(OTHER, model);
    Files.createDirectories(directory.resolve(".model.old/in/the/way"));

    assertThatThrownBy(() -> BundleWriter.write(Bundles.small(), model))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("cannot be written");
    assertThat(BundleReader.read(model).id()).isEqualTo(OTHER.id());
    assertThat(namesIn(directory)).containsExactly(".model.old", "model");
  }

  @Test
  void replacesAZip() throws IOException {
    Path zip = directory.resolve("model.zip");
    BundleWriter.writeZip(OTHER, zip);

    BundleWriter.writeZip(Bundles.small(), zip);

    assertThat(BundleReader.read(zip).id()).isEqualTo(Bundles.small().id());
    assertThat(namesIn(directory)).containsExactly("model.zip");
  }

  private static List<String> namesIn(Path directory) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
    }
  }
}
