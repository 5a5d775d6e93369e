package dev.elbow.trainer.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.elbow.score.ElboScores;
import dev.elbow.score.Mask;
import dev.elbow.score.NegativeElbo;
import dev.elbow.score.Rows;
import dev.elbow.scoring.ScoredRow;
import dev.elbow.scoring.Scorer;
import dev.elbow.trainer.vae.Activation;
import dev.elbow.trainer.vae.Architecture;
import dev.elbow.trainer.vae.Vae;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The trainer's networks in double and the exported ones in ONNX Runtime give one score. */
class OnnxParityTest {

  static Stream<Architecture> architectures() {
    return Stream.of(
        Architecture.defaults(1),
        Architecture.defaults(8),
        Architecture.defaults(38),
        new Architecture(38, 8, List.of(128, 64), List.of(64, 128), Activation.SILU, 0.2, 1),
        new Architecture(6, 2, List.of(), List.of(), Activation.TANH, 0.2, 1),
        new Architecture(5, 3, List.of(7), List.of(4, 6, 8), Activation.TANH, 0.05, 2));
  }

  @ParameterizedTest
  @MethodSource("architectures")
  void agreesWithDoublePrecisionWithinFloat32(Architecture architecture) {
    Vae vae = Exports.vae(architecture, 1);
    BundleExport export = Exports.of(vae, 4);
    List<double[]> observations = Exports.observations(export.rowTransform(), 300, 5);
    ElboScores expected = score(vae, export, observations);
    var tolerance = new Float32Tolerance(vae);

    try (Scorer scorer = Scorer.open(export.toBundle())) {
      List<ScoredRow> rows = scorer.score(observations);

      for (int i = 0; i < rows.size(); i++) {
        assertAgrees(rows.get(i), expected, i, tolerance);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("architectures")
  void agreesBetweenBatchesOfOneAndMany(Architecture architecture) {
    Vae vae = Exports.vae(architecture, 1);
    BundleExport export = Exports.of(vae, 4);
    List<double[]> observations = Exports.observations(export.rowTransform(), 64, 5);
    ElboScores expected = score(vae, export, observations);
    var tolerance = new Float32Tolerance(vae);

    try (Scorer scorer = Scorer.open(export.toBundle())) {
      List<ScoredRow> many = scorer.score(observations);

      for (int i = 0; i < many.size(); i++) {
        ScoredRow one = scorer.score(List.of(observations.get(i))).get(0);
        assertThat(one.score())
            .isCloseTo(many.get(i).score(), within(2 * tolerance.ofScore(expected, i)));
      }
    }
  }

  private static void assertAgrees(
      ScoredRow row, ElboScores expected, int i, Float32Tolerance tolerance) {
    assertThat(row.score()).isCloseTo(expected.score(i), within(tolerance.ofScore(expected, i)));
    assertThat(row.kl()).isCloseTo(expected.kl(i), within(tolerance.ofKl(expected, i)));
    for (int d = 0; d < expected.contributions().columns(); d++) {
      assertThat(row.contribution(d))
          .isCloseTo(
              expected.contributions().get(i, d), within(tolerance.ofContribution(expected, i, d)));
    }
  }

  private static ElboScores score(Vae vae, BundleExport export, List<double[]> observations) {
    Rows x = Rows.zeros(observations.size(), vae.features());
    Mask mask = Mask.all(observations.size(), vae.features());
    for (int i = 0; i < observations.size(); i++) {
      export.rowTransform().write(observations.get(i), x, mask, i);
    }
    return new NegativeElbo(vae, export.draws()).score(x, mask);
  }
}
