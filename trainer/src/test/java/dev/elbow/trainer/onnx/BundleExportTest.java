package dev.elbow.trainer.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elbow.bundle.BundleReader;
import dev.elbow.bundle.ModelBundle;
import dev.elbow.input.InvalidInputException;
import dev.elbow.scoring.Scorer;
import dev.elbow.trainer.vae.Architecture;
import dev.elbow.trainer.vae.Vae;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundleExportTest {

  private final Vae vae = Exports.vae(Architecture.defaults(8), 1);
  private final Path model;

  BundleExportTest(@TempDir Path directory) {
    this.model = directory.resolve("model");
  }

  @Test
  void writesABundleThatPassesTheGate() {
    BundleExport.Exported exported = Exports.of(vae, 4).writeTo(model, Optional.empty());

    ModelBundle read = BundleReader.read(model);
    assertThat(read.id()).isEqualTo(exported.bundle().id());
    try (Scorer scorer = Scorer.open(read)) {
      assertThat(scorer.goldenError())
          .isEqualTo(exported.goldenError())
          .isBetween(Double.MIN_VALUE, read.golden().tolerance());
    }
  }

  @Test
  void writesTheSameBundleForTheSameNetworks() {
    Vae twin = Exports.vae(Architecture.defaults(8), 1);

    assertThat(Exports.of(vae, 4).toBundle().id()).isEqualTo(Exports.of(twin, 4).toBundle().id());
  }

  @Test
  void writesNothingIfTheExportDoesNotScoreAsTheNetworks() {
    double beyondFloat32 = 1e39;
    vae.parameters().get("decoder.mean.b").set(0, 0, beyondFloat32);

    assertThatThrownBy(() -> Exports.of(vae, 4).writeTo(model, Optional.empty()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("nothing was written, because the exported bundle failed its check")
        .hasMessageContaining("golden.json: observation 0: expected score");
    assertThat(model).doesNotExist();
  }

  @Test
  void choosesGoldenObservationsFromTheLeastStrangeToTheStrangest() {
    List<double[]> values = List.of(new double[] {5, 5}, new double[] {1, 1}, new double[] {3, 3});

    List<double[]> chosen = GoldenObservations.choose(values::get, 2, new double[] {50, 10, 30});

    assertThat(chosen)
        .containsExactly(
            new double[] {1, 1},
            new double[] {3, 3},
            new double[] {5, 5},
            new double[] {3, Double.NaN});
  }

  @Test
  void leavesTheGoldenObservationWithMissingValuesAtLeastOne() {
    double[] secondOnly = {Double.NaN, 5, Double.NaN};

    List<double[]> chosen = GoldenObservations.choose(i -> secondOnly, 3, new double[] {1});

    assertThat(chosen).containsExactly(secondOnly, secondOnly);
  }

  @Test
  void leavesTheNewestRowOfAGoldenWindowSomething() {
    double[] fourRowsOfOneSensor = {1, 2, 3, 4};

    List<double[]> chosen =
        GoldenObservations.choose(i -> fourRowsOfOneSensor, 1, new double[] {1});

    assertThat(chosen.get(1)).containsExactly(Double.NaN, 2, Double.NaN, 4);
  }
}
