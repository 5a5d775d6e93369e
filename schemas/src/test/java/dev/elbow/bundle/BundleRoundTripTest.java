package dev.elbow.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elbow.bundle.Lineage.PartitionRange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundleRoundTripTest {

  private final Path directory;

  BundleRoundTripTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void readsWhatWasWrittenAsDirectory() {
    ModelBundle written = Bundles.small();

    BundleWriter.write(written, directory.resolve("model"));

    assertSame(BundleReader.read(directory.resolve("model")), written);
  }

  @Test
  void readsWhatWasWrittenAsZip() {
    ModelBundle written = Bundles.small();

    BundleWriter.writeZip(written, directory.resolve("model.zip"));

    assertSame(BundleReader.read(directory.resolve("model.zip")), written);
    assertSame(BundleReader.readZip("message", BundleWriter.toZip(written)), written);
  }

  @Test
  void keepsAMissingGoldenValueMissing() {
    BundleWriter.write(Bundles.small(), directory.resolve("model"));

    Golden golden = BundleReader.read(directory.resolve("model")).golden();

    assertThat(golden.observations().get(1).values()).endsWith(0.38, Double.NaN, 1200.0);
  }

  @Test
  void keepsTheOffsetsOfATopic() {
    var manifest =
        Bundles.manifest(
            4,
            new Lineage.Topic(
                "observations",
                Optional.of(Instant.parse("2026-03-01T00:00:00Z")),
                Optional.empty(),
                List.of(new PartitionRange(0, 5, 35, 30))));

    Manifest read =
        BundleJson.manifestFromBytes("manifest.json", BundleJson.manifestToBytes(manifest));

    assertThat(read).isEqualTo(manifest);
  }

  @Test
  void keepsAParetoTail() {
    var manifest =
        Bundles.manifest(
            new Threshold(
                7.25,
                0.001,
                new Tail.GeneralizedPareto(3.5, 0.125, 0.5, 0.25, 37),
                new Confidence(0.95, 6.5, Optional.of(9.75), 1e-4, 0.004),
                300,
                250.5,
                4e-4),
            new Lineage.Generated("by hand"));

    Manifest read =
        BundleJson.manifestFromBytes("manifest.json", BundleJson.manifestToBytes(manifest));

    assertThat(read).isEqualTo(manifest);
  }

  @Test
  void writesTheSameBytesAsEver() throws IOException {
    Path golden = Path.of("src/test/resources/bundle");

    BundleWriter.write(Bundles.small(), directory.resolve("model"));

    for (String name : Bundles.small().files().keySet()) {
      assertThat(directory.resolve("model").resolve(name))
          .hasSameBinaryContentAs(golden.resolve(name));
    }
    assertThat(Files.readAllBytes(golden.resolveSibling("bundle.zip")))
        .isEqualTo(BundleWriter.toZip(Bundles.small()));
  }

  @Test
  void readsTheBundleOfThisVersion() {
    ModelBundle bundle = BundleReader.read(Path.of("src/test/resources/bundle"));

    assertSame(bundle, Bundles.small());
  }

  private static void assertSame(ModelBundle actual, ModelBundle expected) {
    assertThat(actual.id()).isEqualTo(expected.id());
    assertThat(actual.manifest()).isEqualTo(expected.manifest());
    assertThat(actual.golden()).isEqualTo(expected.golden());
    assertThat(actual.frontEnd().whitening().orElseThrow().matrix())
        .isEqualTo(expected.frontEnd().whitening().orElseThrow().matrix());
    assertThat(actual.calibration().ascending()).isEqualTo(expected.calibration().ascending());
    assertThat(actual.members())
        .usingRecursiveFieldByFieldElementComparator()
        .isEqualTo(expected.members());
    assertThat(actual.report()).isEqualTo(expected.report());
  }
}
