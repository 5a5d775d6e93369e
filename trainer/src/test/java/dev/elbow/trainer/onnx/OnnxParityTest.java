package dev.elbow.trainer.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.elbow.row.Window;
import dev.elbow.score.Blame;
import dev.elbow.score.ElboScores;
import dev.elbow.score.Mask;
import dev.elbow.score.MeanNegativeElbo;
import dev.elbow.score.Rows;
import dev.elbow.score.SensorScores;
import dev.elbow.score.Whitening;
import dev.elbow.scoring.ScoredRow;
import dev.elbow.scoring.Scorer;
import dev.elbow.trainer.data.ModelRows;
import dev.elbow.trainer.vae.Activation;
import dev.elbow.trainer.vae.Architecture;
import dev.elbow.trainer.vae.TrainedMember;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The trainer's networks in double and the exported ones in ONNX Runtime give one score. */
class OnnxParityTest {

  static Stream<List<TrainedMember>> models() {
    return Stream.concat(
        Stream.of(
                Architecture.defaults(1),
                Architecture.defaults(8),
                Architecture.defaults(38),
                new Architecture(
                    38, 8, List.of(128, 64), List.of(64, 128), Activation.SILU, 0.2, 1),
                new Architecture(6, 2, List.of(), List.of(), Activation.TANH, 0.2, 1),
                new Architecture(5, 3, List.of(7), List.of(4, 6, 8), Activation.TANH, 0.05, 2))
            .map(Exports::standard),
        Stream.of(
            Exports.standard(Architecture.defaults(38).withLinearSkips(true)),
            Exports.exemplars(Architecture.defaults(38)),
            Exports.three()));
  }

  @ParameterizedTest
  @MethodSource("models")
  void agreesWithDoublePrecisionWithinFloat32(List<TrainedMember> members) {
    BundleExport export = Exports.of(members, 4);
    List<double[]> observations = Exports.windows(export.model().frontEnd(), 300, 5);
    SensorScores expected = score(export, observations);
    Tolerances tolerances = new Tolerances(export, observations);

    try (Scorer scorer = Scorer.open(export.toBundle())) {
      List<ScoredRow> rows = scorer.score(observations);

      for (int i = 0; i < rows.size(); i++) {
        assertAgrees(rows.get(i), expected, i, tolerances);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void agreesBetweenBatchesOfOneAndMany(List<TrainedMember> members) {
    BundleExport export = Exports.of(members, 4);
    List<double[]> observations = Exports.windows(export.model().frontEnd(), 64, 5);
    Tolerances tolerances = new Tolerances(export, observations);

    try (Scorer scorer = Scorer.open(export.toBundle())) {
      List<ScoredRow> many = scorer.score(observations);

      for (int i = 0; i < many.size(); i++) {
        ScoredRow one = scorer.score(List.of(observations.get(i))).get(0);
        assertThat(one.score()).isCloseTo(many.get(i).score(), within(2 * tolerances.ofScore(i)));
      }
    }
  }

  private static void assertAgrees(
      ScoredRow row, SensorScores expected, int i, Tolerances tolerances) {
    assertThat(row.score()).isCloseTo(expected.score(i), within(tolerances.ofScore(i)));
    assertThat(row.kl()).isCloseTo(expected.kl(i), within(tolerances.ofKl(i)));
    Blame blame = expected.blame(i);
    for (int d = 0; d < blame.sensors(); d++) {
      assertThat(row.contribution(d))
          .isCloseTo(blame.contribution(d), within(tolerances.ofContribution(i, d)));
    }
  }

  /** The mean over the members, as the score is. */
  private static final class Tolerances {

    private final List<Float32Tolerance> tolerances;
    private final List<ElboScores> scores;

    Tolerances(BundleExport export, List<double[]> observations) {
      ModelRows rows = rows(export, observations);
      this.tolerances =
          export.model().members().stream()
              .map(member -> new Float32Tolerance(member, rows.x(), rows.mask()))
              .toList();
      this.scores =
          export.model().members().stream()
              .map(
                  member ->
                      member.negativeElbo(export.model().draws()).score(rows.x(), rows.mask()))
              .toList();
    }

    double ofScore(int i) {
      return mean(m -> tolerances.get(m).ofScore(scores.get(m), i));
    }

    double ofKl(int i) {
      return mean(m -> tolerances.get(m).ofKl(scores.get(m), i));
    }

    double ofContribution(int i, int d) {
      return mean(m -> tolerances.get(m).ofContribution(scores.get(m).terms(i), i, d));
    }

    private double mean(IntToDoubleFunction ofMember) {
      return IntStream.range(0, scores.size()).mapToDouble(ofMember).average().orElseThrow();
    }
  }

  private static SensorScores score(BundleExport export, List<double[]> observations) {
    ModelRows rows = rows(export, observations);
    return export.model().negativeElbo().score(rows.x(), rows.mask());
  }

  private static ModelRows rows(BundleExport export, List<double[]> observations) {
    int features = export.model().frontEnd().features();
    Rows x = Rows.zeros(observations.size(), features);
    Mask mask = Mask.all(observations.size(), features);
    for (int i = 0; i < observations.size(); i++) {
      export.model().frontEnd().windowOf(observations.get(i)).write(x, mask, i);
    }
    return new ModelRows(x, mask);
  }

  /**
   * Whitened windows, and rows with a mixture: within the bundle's own tolerance, of score, parts
   * and contributions.
   */
  @ParameterizedTest
  @MethodSource("others")
  void agreesOnWindowsAndMixtures(BundleExport export) {
    int sensors = export.model().frontEnd().transform().features();
    List<double[]> observations = Exports.windows(export.model().frontEnd(), 50, 5);
    ModelRows rows = rows(export, observations);
    SensorScores expected = score(export, observations);
    double[] tolerances = BundleTolerance.of(export.model(), rows.x(), rows.mask());

    try (Scorer scorer = Scorer.open(export.toBundle())) {
      List<ScoredRow> scored = scorer.score(rows.x(), rows.mask());

      for (int i = 0; i < scored.size(); i++) {
        assertThat(scored.get(i).score()).isCloseTo(expected.score(i), within(tolerances[i]));
        for (int d = 0; d < sensors; d++) {
          assertThat(scored.get(i).contribution(d))
              .isCloseTo(expected.blame(i).contribution(d), within(tolerances[i]));
        }
      }
    }
  }

  /** With several draws and members, against the same score of the white coordinates. */
  @ParameterizedTest
  @MethodSource("windows")
  void contributionsOfSensorsAddUpToTheScore(BundleExport export) {
    Whitening whitening = export.model().frontEnd().whitening().orElseThrow();
    ModelRows rows = rows(export, Exports.windows(export.model().frontEnd(), 50, 5));
    Mask all = Mask.all(rows.x().count(), rows.x().columns());
    ElboScores white =
        MeanNegativeElbo.mean(
            export.model().members().stream()
                .map(member -> member.negativeElbo(export.model().draws()))
                .toList(),
            whitening.forward(rows.x(), all),
            all);

    SensorScores scores = export.model().negativeElbo().score(rows.x(), all);

    for (int i = 0; i < scores.count(); i++) {
      assertThat(Arrays.stream(scores.blame(i).contributions()).sum())
          .isCloseTo(scores.reconstruction(i), within(1e-9 * Math.abs(scores.reconstruction(i))));
      assertThat(scores.score(i))
          .isCloseTo(white.score(i), within(1e-9 * Math.abs(white.score(i))));
    }
  }

  static Stream<BundleExport> others() {
    return Stream.concat(windows(), Stream.of(Exports.withMixture(Exports.three(), 4)));
  }

  static Stream<BundleExport> windows() {
    return Stream.of(
        Exports.ofWindows(Exports.standard(Architecture.defaults(24)), 4, Window.ofRows(8), 3),
        Exports.ofWindows(Exports.three(), 1, Window.ofRows(4), 2),
        Exports.ofWindows(Exports.exemplars(Architecture.defaults(7)), 1, Window.DYADIC, 1));
  }
}
