package dev.elbow.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WindowBlameTest {

  private static final double LOG = 0.5 * Math.log(2 * Math.PI);

  /** Orthogonal columns of squared lengths 9, 36 and 2.25. */
  private static final double[] A = {
    1, 4, -1,
    2, 2, 1,
    -2, 4, 0.5
  };

  /** Three sensors, one row. */
  private static final Whitening ROW = Whitening.of(new double[] {1, -2, 0.5}, A);

  /** Two sensors, two rows: orthogonal columns of squared lengths 4, 16, 1 and 36. */
  private static final double[] A4 = {
    1, 2, 0.5, 3,
    1, -2, 0.5, -3,
    1, 2, -0.5, -3,
    1, -2, -0.5, 3
  };

  private static final Whitening TWO_ROWS = Whitening.of(new double[] {1, -2, 0.5, 3}, A4);

  /**
   * With one draw, σ = 1 and u − û = (3, 0, 0): q = 4.5, h = A g = (3, 6, −6), Q = A Aᵀ with 18, 9
   * and 20.25 on its diagonal, so Δ = ½ (9/18, 36/9, 36/20.25); of ½ ln 2π every sensor has one, as
   * the rows of A with unit columns have unit length. û A⁻¹ for û = (9, 0, 0) is (1, 2, −2).
   */
  @Test
  void blamesByHand() {
    ElboScores white =
        scores(
            Rows.copyOf(new double[][] {{4.5 + LOG, LOG, LOG}}),
            Kl.sumOf(Rows.copyOf(new double[][] {{2}})),
            Rows.copyOf(new double[][] {{9, 0, 0}}),
            Rows.copyOf(new double[][] {{1, 1, 1}}),
            Rows.copyOf(new double[][] {{3, 0, 0}}),
            Rows.copyOf(new double[][] {{1, 1, 1}}));

    SensorScores scores = new WindowBlame(ROW, 3).of(white, Mask.all(1, 3));
    Blame blame = scores.blame(0);

    double scale = 4.5 / (0.25 + 2 + 8 / 9.0);
    assertThat(scores.score(0)).isCloseTo(4.5 + 3 * LOG + 2, within(1e-12));
    assertThat(blame.contributions())
        .containsExactly(
            new double[] {scale / 4 + LOG, scale * 2 + LOG, scale * 8 / 9 + LOG}, within(1e-12));
    assertThat(blame.expected(0)).isEqualTo(2);
    assertThat(blame.expected(1)).isZero();
    assertThat(blame.expected(2)).isEqualTo(-1.5);
    assertThat(blame.sigma(0))
        .isCloseTo(Math.sqrt(1 / 81.0 + 16 / 1296.0 + 1 / 5.0625), within(1e-12));
  }

  /**
   * What the score loses without the sensor, by the conjugate gradients that fill a missing one.
   */
  @Test
  void fallIsWhatTheScoreLosesWithoutTheSensor() {
    ElboScores white = ofResiduals(A4, new SplittableRandom(3), 30);
    WindowBlame blame = new WindowBlame(TWO_ROWS, 2);
    Mask second = without(30, 1, 3);

    for (int i = 0; i < 30; i++) {
      WindowBlame.Falls falls = blame.falls(white.terms(i), Mask.all(30, 4), i);
      double q = white.reconstruction(i);

      assertThat(falls.quadratic()).isCloseTo(q, within(1e-12 * q));
      assertThat(falls.ofSensors().get(1))
          .isCloseTo(q - blame.of(white, second).reconstruction(i), within(1e-9 * q));
    }
  }

  /** One reading of the first sensor is missing; then all of the second's as well. */
  @Test
  void fallsFromWhereMissingFeaturesAreIntegratedOut() {
    ElboScores white = ofResiduals(A4, new SplittableRandom(4), 30);
    WindowBlame blame = new WindowBlame(TWO_ROWS, 2);
    Mask one = without(30, 2);
    SensorScores before = blame.of(white, one);
    SensorScores after = blame.of(white, without(30, 2, 1, 3));

    for (int i = 0; i < 30; i++) {
      WindowBlame.Falls falls = blame.falls(white.terms(i), one, i);
      double q = white.reconstruction(i);

      assertThat(falls.quadratic()).isCloseTo(before.reconstruction(i), within(1e-9 * q));
      assertThat(falls.ofSensors().get(1))
          .isCloseTo(before.reconstruction(i) - after.reconstruction(i), within(1e-9 * q));
    }
  }

  @Test
  void contributionsAddUpToTheReconstruction() {
    ElboScores white = ofSeveralDraws(new SplittableRandom(3), 40);
    for (Mask mask : new Mask[] {Mask.all(40, 4), without(40, 2), without(40, 0, 2)}) {
      SensorScores scores = new WindowBlame(TWO_ROWS, 2).of(white, mask);

      for (int i = 0; i < 40; i++) {
        Blame blame = scores.blame(i);
        assertThat(blame.contribution(0) + blame.contribution(1))
            .isCloseTo(scores.reconstruction(i), within(1e-9 * white.reconstruction(i)));
      }
    }
  }

  @Test
  void ofAWholeRowReconstructionIsThatOfTheWhiteCoordinates() {
    ElboScores white = ofSeveralDraws(new SplittableRandom(5), 10);

    SensorScores scores = new WindowBlame(TWO_ROWS, 2).of(white, Mask.all(10, 4));

    for (int i = 0; i < 10; i++) {
      assertThat(scores.reconstruction(i)).isEqualTo(white.reconstruction(i));
    }
  }

  /** The others are as expected of each other: they are blamed for next to nothing. */
  @Test
  void blamesTheSensorThatTheOthersContradict() {
    // precision of three sensors that hardly differ, of which the third is off by 1
    double third = Math.sqrt(1 / 3.0);
    double half = Math.sqrt(0.5);
    double sixth = Math.sqrt(1 / 6.0);
    double[] a = {
      third, 10 * half, 10 * sixth,
      third, -10 * half, 10 * sixth,
      third, 0, -20 * sixth
    };
    Rows u = Rows.copyOf(new double[][] {{third, 0, -20 * sixth}});
    ElboScores white =
        scores(
            Rows.copyOf(new double[][] {{third * third / 2, 0, 400.0 / 12}}),
            Kl.sumOf(Rows.zeros(1, 1)),
            Rows.zeros(1, 3),
            u,
            u,
            Rows.copyOf(new double[][] {{1, 1, 1}}));

    Blame blame =
        new WindowBlame(Whitening.of(new double[3], a), 3).of(white, Mask.all(1, 3)).blame(0);

    assertThat(blame.contribution(2)).isGreaterThan(2 * blame.contribution(0));
    assertThat(blame.contribution(0)).isCloseTo(blame.contribution(1), within(1e-9));
  }

  @Test
  void missingSensorIsNotBlamed() {
    ElboScores white = ofSeveralDraws(new SplittableRandom(3), 1);

    Blame blame = new WindowBlame(TWO_ROWS, 2).of(white, without(1, 1, 3)).blame(0);

    assertThat(blame.contribution(1)).isZero();
    assertThat(blame.contribution(0)).isNotZero();
  }

  /** ½ rᵀ Σ⁻¹ r of the first two features' covariance, whatever stood in the third. */
  @Test
  void missingFeatureIsIntegratedOut() {
    double[] k = {1, 4, 25};
    double[] n = {9, 36, 2.25};
    double[][] covariance = new double[2][2];
    for (int d = 0; d < 2; d++) {
      for (int e = 0; e < 2; e++) {
        for (int j = 0; j < 3; j++) {
          covariance[d][e] += A[3 * d + j] * A[3 * e + j] / (n[j] * n[j] * k[j]);
        }
      }
    }
    double determinant = covariance[0][0] * covariance[1][1] - covariance[0][1] * covariance[0][1];
    double distance =
        (covariance[1][1] * 0.09 + 2 * covariance[0][1] * 0.06 + covariance[0][0] * 0.04)
            / determinant;
    Mask mask = Mask.all(2, 3);
    mask.miss(0, 2);
    mask.miss(1, 2);

    SensorScores scores =
        new WindowBlame(ROW, 3)
            .of(ofResiduals(A, k, new double[][] {{0.3, -0.2, 0}, {0.3, -0.2, 50}}), mask);

    assertThat(scores.reconstruction(0)).isCloseTo(distance / 2, within(1e-9 * distance));
    assertThat(scores.reconstruction(1)).isCloseTo(distance / 2, within(1e-9 * distance));
  }

  @Test
  void rowsAsExpectedAreNobodysFault() {
    ElboScores white = ofResiduals(A, new double[] {1, 1, 1}, new double[][] {{0, 0, 0}});

    Blame blame = new WindowBlame(ROW, 3).of(white, Mask.all(1, 3)).blame(0);

    assertThat(blame.contributions()).containsExactly(0, 0, 0);
  }

  @Test
  void refusesFeaturesOfOtherSensors() {
    assertThatThrownBy(() -> new WindowBlame(TWO_ROWS, 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("multiple of 3 sensors, found 4");
  }

  private static Mask without(int count, int... features) {
    Mask mask = Mask.all(count, 4);
    for (int i = 0; i < count; i++) {
      for (int f : features) {
        mask.miss(i, f);
      }
    }
    return mask;
  }

  /** Each part N×D, but for the KL. */
  private static ElboScores scores(
      Rows nats, Kl kl, Rows expected, Rows sigma, Rows slope, Rows curvature) {
    return new ElboScores(
        IntStream.range(0, nats.count()).mapToDouble(nats::sumOfRow).toArray(),
        kl,
        i ->
            new RowTerms(
                nats.row(i), expected.row(i), sigma.row(i), slope.row(i), curvature.row(i)));
  }

  private static ElboScores ofResiduals(double[] a, SplittableRandom random, int count) {
    double[][] residuals = new double[count][4];
    for (double[] row : residuals) {
      for (int f = 0; f < 4; f++) {
        row[f] = random.nextDouble(-2, 2);
      }
    }
    return ofResiduals(a, new double[] {1, 4, 25, 0.5}, residuals);
  }

  /** What single draws cost whose residuals in features are given, less all constants. */
  private static ElboScores ofResiduals(double[] a, double[] k, double[][] residuals) {
    int count = residuals.length;
    int features = k.length;
    Rows nats = Rows.zeros(count, features);
    Rows slope = Rows.zeros(count, features);
    Rows curvature = Rows.zeros(count, features);
    for (int i = 0; i < count; i++) {
      for (int j = 0; j < features; j++) {
        double e = 0;
        for (int d = 0; d < features; d++) {
          e += residuals[i][d] * a[features * d + j];
        }
        slope.set(i, j, k[j] * e);
        curvature.set(i, j, k[j]);
        nats.set(i, j, 0.5 * k[j] * e * e);
      }
    }
    return scores(
        nats, Kl.sumOf(Rows.zeros(count, 1)), Rows.zeros(count, features), nats, slope, curvature);
  }

  /** Nats above ½ slope²/curvature. */
  private static ElboScores ofSeveralDraws(SplittableRandom random, int count) {
    Rows nats = Rows.zeros(count, 4);
    Rows slope = Rows.zeros(count, 4);
    Rows curvature = Rows.zeros(count, 4);
    for (int c = 0; c < 4 * count; c++) {
      slope.values()[c] = random.nextDouble(-10, 10);
      curvature.values()[c] = random.nextDouble(1, 25);
      nats.values()[c] =
          0.5 * slope.values()[c] * slope.values()[c] / curvature.values()[c]
              + random.nextDouble(0, 2);
    }
    return scores(
        nats, Kl.sumOf(Rows.zeros(count, 1)), Rows.zeros(count, 4), nats, slope, curvature);
  }
}
