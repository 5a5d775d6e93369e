package dev.elbow.trainer.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elbow.bundle.Golden;
import dev.elbow.bundle.ModelBundle;
import dev.elbow.input.InvalidInputException;
import dev.elbow.row.Window;
import dev.elbow.scoring.Scorer;
import dev.elbow.trainer.vae.Architecture;
import dev.elbow.trainer.vae.TrainedMember;
import dev.elbow.trainer.vae.Vae;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GoldenToleranceTest {

  private static final BundleExport WINDOWS =
      Exports.ofWindows(Exports.standard(Architecture.defaults(24)), 4, Window.ofRows(8), 3);

  static Stream<BundleExport> exports() {
    return Stream.of(
        Exports.of(Exports.standard(Architecture.defaults(38)), 4),
        Exports.of(Exports.exemplars(Architecture.defaults(38)), 4),
        Exports.of(Exports.three(), 4),
        Exports.withMixture(Exports.three(), 4),
        WINDOWS);
  }

  @ParameterizedTest
  @MethodSource("exports")
  void liesFarBelowTheWorstCase(BundleExport export) {
    Golden worstCase = GoldenObservations.score(export.model(), export.golden());

    assertThat(export.toBundle().golden().tolerance()).isLessThan(worstCase.tolerance() / 20);
  }

  /**
   * Hidden units in another order compute the same function, but every sum in another order: as
   * another machine would.
   */
  @ParameterizedTest
  @MethodSource("exports")
  void admitsTheSameNetworksRoundedOtherwise(BundleExport export) {
    ModelBundle bundle = export.toBundle();

    List<Double> errors =
        IntStream.range(0, 8).mapToObj(seed -> shuffled(export, bundle, seed)).toList();

    assertThat(errors).doesNotHaveDuplicates();
  }

  @Test
  void refusesAWeightThatIsOffByAPercent() {
    ModelBundle bundle = WINDOWS.toBundle();
    DMatrixRMaj weights = vae(WINDOWS).parameters().get("decoder.mean.W");
    double before = weights.get(0);
    try {
      weights.set(0, 1.01 * before);

      assertThatThrownBy(() -> goldenError(WINDOWS, bundle))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("golden.json: observation");
    } finally {
      weights.set(0, before);
    }
  }

  @Test
  void grantsTheRoundingsOfOthersWhereNoneWasMeasured() {
    Golden worstCase = GoldenObservations.score(WINDOWS.model(), WINDOWS.golden());

    double tolerance = GoldenTolerance.declared(WINDOWS.model(), worstCase, 0).tolerance();

    double strangest =
        worstCase.observations().stream()
            .mapToDouble(Golden.GoldenObservation::score)
            .max()
            .orElseThrow();
    assertThat(tolerance / strangest).isBetween(1e-7, 1e-5);
  }

  @Test
  void neverExceedsTheWorstCase() {
    Golden worstCase = GoldenObservations.score(WINDOWS.model(), WINDOWS.golden());

    double tolerance = GoldenTolerance.declared(WINDOWS.model(), worstCase, 1e9).tolerance();

    assertThat(tolerance).isEqualTo(worstCase.tolerance());
  }

  private static Vae vae(BundleExport export) {
    return export.model().members().get(0).vae();
  }

  private static double shuffled(BundleExport export, ModelBundle bundle, long seed) {
    var random = new SplittableRandom(seed);
    for (TrainedMember member : export.model().members()) {
      Vae vae = member.vae();
      shuffle(vae, random, "encoder.hidden1", List.of("encoder.hidden2"));
      shuffle(vae, random, "decoder.hidden2", List.of("decoder.mean", "decoder.log_var"));
    }
    return goldenError(export, bundle);
  }

  /** The export's present networks behind the gate of the bundle. */
  private static double goldenError(BundleExport export, ModelBundle bundle) {
    ModelBundle other =
        ModelBundle.of(
            bundle.manifest(),
            bundle.golden(),
            bundle.calibration(),
            export.model().frontEnd().whitening(),
            export.model().members().stream().map(BundleExport::export).toList(),
            bundle.mixture(),
            bundle.report());
    try (Scorer scorer = Scorer.open(other)) {
      return scorer.goldenError();
    }
  }

  /** Puts a layer's units in another order, and the inputs of those that it feeds. */
  private static void shuffle(Vae vae, SplittableRandom random, String layer, List<String> fed) {
    DMatrixRMaj w = vae.parameters().get(layer + ".W");
    DMatrixRMaj b = vae.parameters().get(layer + ".b");
    for (int i = w.numCols - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      swapColumns(w, i, j);
      swapColumns(b, i, j);
      for (String next : fed) {
        swapRows(vae.parameters().get(next + ".W"), i, j);
      }
    }
  }

  private static void swapColumns(DMatrixRMaj matrix, int i, int j) {
    for (int row = 0; row < matrix.numRows; row++) {
      swap(matrix, row * matrix.numCols + i, row * matrix.numCols + j);
    }
  }

  private static void swapRows(DMatrixRMaj matrix, int i, int j) {
    for (int column = 0; column < matrix.numCols; column++) {
      swap(matrix, i * matrix.numCols + column, j * matrix.numCols + column);
    }
  }

  private static void swap(DMatrixRMaj matrix, int a, int b) {
    double kept = matrix.get(a);
    matrix.set(a, matrix.get(b));
    matrix.set(b, kept);
  }
}
