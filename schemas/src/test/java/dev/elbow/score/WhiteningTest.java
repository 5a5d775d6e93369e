package dev.elbow.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class WhiteningTest {

  private static final double[] CENTER = {1, -2, 0.5};

  /**
   * Orthogonal columns of squared lengths 9, 36 and 2.25: a rotation with its columns stretched.
   */
  private static final double[] A = {
    1, 4, -1,
    2, 2, 1,
    -2, 4, 0.5
  };

  private final Whitening whitening = Whitening.of(CENTER, A);

  /** (2, −1, 2.5) − c = (1, 1, 2): u = (1 + 2 − 4, 4 + 2 + 8, −1 + 1 + 1). */
  @Test
  void whitensByHand() {
    Rows u = whitening.forward(Rows.copyOf(new double[][] {{2, -1, 2.5}}), Mask.all(1, 3));

    assertThat(u.row(0)).containsExactly(-1, 14, 1);
  }

  /**
   * P = A Aᵀ. With the second feature missing f₂ = c₂ − (P₂₁ v₁ + P₂₃ v₃) / P₂₂, here P₂₁ = 2 + 8 −
   * 1 = 9, P₂₂ = 4 + 4 + 1 = 9, P₂₃ = −4 + 8 + 0.5 = 4.5, so with v₁ = 1 and v₃ = 2 it is c₂ − 2.
   */
  @Test
  void fillsAMissingFeatureWithItsConditionalMean() {
    Rows f = Rows.copyOf(new double[][] {{2, 99, 2.5}, {2, -2 - 2, 2.5}});
    Mask mask = Mask.all(2, 3);
    mask.miss(0, 1);

    Rows u = whitening.forward(f, mask);

    assertThat(u.row(0)).containsExactly(u.row(1), within(1e-12));
  }

  /**
   * The quadratic of the filled row is that of the observed features' own Gaussian: with two of
   * three missing, v₁² / Σ₁₁, where Σ = (A Aᵀ)⁻¹ = A⁻ᵀ A⁻¹ and Σ₁₁ = Σ_j A₁ⱼ² / n_j² = 1/81 +
   * 16/1296 + 1/5.0625.
   */
  @Test
  void filledRowHasTheMarginalDistance() {
    Rows f = Rows.copyOf(new double[][] {{4, 0, 0}});
    Mask mask = Mask.all(1, 3);
    mask.miss(0, 1);
    mask.miss(0, 2);

    double[] u = whitening.forward(f, mask).row(0);

    double distance = u[0] * u[0] + u[1] * u[1] + u[2] * u[2];
    assertThat(distance).isCloseTo(9 / (1 / 81.0 + 16 / 1296.0 + 1 / 5.0625), within(1e-10));
  }

  @Test
  void fillsEachRowByItsOwnPattern() {
    Rows f = Rows.copyOf(new double[][] {{2, 0, 2.5}, {0, -1, 2.5}, {2, 0, 2.5}});
    Mask mask = Mask.all(3, 3);
    mask.miss(0, 1);
    mask.miss(1, 0);
    mask.miss(2, 1);

    Rows u = whitening.forward(f, mask);

    assertThat(u.row(2)).containsExactly(u.row(0));
    assertThat(u.row(1)).isNotEqualTo(u.row(0));
  }

  /** One coordinate off by a lot: blame falls on the features that make it up, and adds up. */
  @Test
  void blameAddsUpToTheReconstruction() {
    var random = new SplittableRandom(3);
    ElboScores white = scores(random, 40);

    ElboScores features = whitening.toFeatures(white, Mask.all(40, 3));

    for (int i = 0; i < 40; i++) {
      assertThat(features.reconstruction(i))
          .isCloseTo(white.reconstruction(i), within(1e-12 * white.reconstruction(i)));
    }
  }

  /**
   * With one draw, slope r/σ² and curvature 1/σ², the share of feature d is ½ e_d Σ_j A_dj r_j/σ_j²
   * + Σ_j A_dj²/n_j ½ (ln 2π + ln σ_j²), e = r A⁻¹. Here r = (3, 0, 0), σ = 1: e = 3/9 · (1, 2,
   * −2), so ½ · 3 · 3/9 · (1, 4, 4) and no more but ½ ln 2π for each feature, as the rows of A with
   * unit columns have unit length.
   */
  @Test
  void blamesByHand() {
    double log = 0.5 * Math.log(2 * Math.PI);
    ElboScores white =
        new ElboScores(
            Rows.copyOf(new double[][] {{4.5 + log, log, log}}),
            Kl.sumOf(Rows.zeros(1, 1)),
            Rows.copyOf(new double[][] {{9, 0, 0}}),
            Rows.copyOf(new double[][] {{1, 1, 1}}),
            Rows.copyOf(new double[][] {{3, 0, 0}}),
            Rows.copyOf(new double[][] {{1, 1, 1}}));

    ElboScores features = whitening.toFeatures(white, Mask.all(1, 3));

    assertThat(features.contributions().row(0))
        .containsExactly(new double[] {0.5 + log, 2 + log, 2 + log}, within(1e-12));
    assertThat(features.expected().row(0)).containsExactly(2, 0, -1.5);
    assertThat(features.sigma().get(0, 0))
        .isCloseTo(Math.sqrt(1 / 81.0 + 16 / 1296.0 + 1 / 5.0625), within(1e-12));
  }

  /**
   * With the third feature missing the cost is that of the first two under their marginal Gaussian,
   * ½ rᵀ Σ⁻¹ r of covariance Σ = the leading 2×2 part of A⁻ᵀ diag(1/k) A⁻¹, whatever stood in the
   * third: A⁻¹_jd = A_dj / n_j with n = (9, 36, 2.25) and k = (1, 4, 25).
   */
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
    double[] r = {0.3, -0.2};
    double distance =
        (covariance[1][1] * r[0] * r[0]
                - 2 * covariance[0][1] * r[0] * r[1]
                + covariance[0][0] * r[1] * r[1])
            / determinant;
    Mask mask = Mask.all(2, 3);
    mask.miss(0, 2);
    mask.miss(1, 2);

    ElboScores features =
        whitening.toFeatures(
            ofResiduals(k, new double[][] {{0.3, -0.2, 0}, {0.3, -0.2, 50}}), mask);

    assertThat(features.reconstruction(0)).isCloseTo(distance / 2, within(1e-9 * distance));
    assertThat(features.reconstruction(1)).isCloseTo(distance / 2, within(1e-9 * distance));
    assertThat(features.contributions().get(0, 2)).isZero();
  }

  /** What single draws cost whose residuals in features are given, less all constants. */
  private static ElboScores ofResiduals(double[] k, double[][] residuals) {
    int count = residuals.length;
    Rows nats = Rows.zeros(count, 3);
    Rows slope = Rows.zeros(count, 3);
    Rows curvature = Rows.zeros(count, 3);
    for (int i = 0; i < count; i++) {
      for (int j = 0; j < 3; j++) {
        double e = 0;
        for (int d = 0; d < 3; d++) {
          e += residuals[i][d] * A[3 * d + j];
        }
        slope.set(i, j, k[j] * e);
        curvature.set(i, j, k[j]);
        nats.set(i, j, 0.5 * k[j] * e * e);
      }
    }
    return new ElboScores(
        nats, Kl.sumOf(Rows.zeros(count, 1)), Rows.zeros(count, 3), nats, slope, curvature);
  }

  @Test
  void missingFeatureIsNotBlamed() {
    Mask mask = Mask.all(1, 3);
    mask.miss(0, 2);

    ElboScores features = whitening.toFeatures(scores(new SplittableRandom(3), 1), mask);

    assertThat(features.contributions().get(0, 2)).isZero();
    assertThat(features.contributions().get(0, 1)).isNotZero();
  }

  @Test
  void rejectsWhatIsNoWhitening() {
    assertThatThrownBy(() -> Whitening.of(new double[2], new double[3]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("found 2 and 3");
    assertThatThrownBy(() -> Whitening.of(new double[1], new double[] {Double.NaN}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not finite");
    assertThatThrownBy(() -> Whitening.of(new double[2], new double[] {1, 1, 0, 1}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not orthogonal");
    assertThatThrownBy(() -> Whitening.of(new double[2], new double[] {1, 0, 0, 0}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("one is zero");
  }

  /** Scores as of several draws: nats above ½ slope²/curvature. */
  private static ElboScores scores(SplittableRandom random, int count) {
    Rows nats = Rows.zeros(count, 3);
    Rows slope = Rows.zeros(count, 3);
    Rows curvature = Rows.zeros(count, 3);
    for (int i = 0; i < 3 * count; i++) {
      slope.values()[i] = random.nextDouble(-10, 10);
      curvature.values()[i] = random.nextDouble(1, 25);
      nats.values()[i] =
          0.5 * slope.values()[i] * slope.values()[i] / curvature.values()[i]
              + random.nextDouble(0, 2);
    }
    return new ElboScores(
        nats, Kl.sumOf(Rows.zeros(count, 1)), Rows.zeros(count, 3), nats, slope, curvature);
  }
}
