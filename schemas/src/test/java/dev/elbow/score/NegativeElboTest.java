package dev.elbow.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class NegativeElboTest {

  private static final double LN_2PI = Math.log(2 * Math.PI);

  /** Two numbers computed by the same few operations, in another order. */
  private static final double ROUNDING = 1e-12;

  /**
   * Two sensors, one latent, small enough for paper: q(z|x) = N(½(x₁ + x₂), e^−1), p(x|z) = N((z,
   * 2z), (1, e^−2)).
   */
  private static final class ByHand implements VariationalModel {

    @Override
    public int features() {
      return 2;
    }

    @Override
    public int latents() {
      return 1;
    }

    @Override
    public DiagonalGaussian encode(Rows x) {
      Rows mu = Rows.zeros(x.count(), 1);
      Rows logVar = Rows.zeros(x.count(), 1);
      for (int i = 0; i < x.count(); i++) {
        mu.set(i, 0, 0.5 * x.sumOfRow(i));
        logVar.set(i, 0, -1);
      }
      return new DiagonalGaussian(mu, logVar);
    }

    @Override
    public DiagonalGaussian decode(Rows z) {
      Rows mean = Rows.zeros(z.count(), 2);
      Rows logVar = Rows.zeros(z.count(), 2);
      for (int i = 0; i < z.count(); i++) {
        mean.set(i, 0, z.get(i, 0));
        mean.set(i, 1, 2 * z.get(i, 0));
        logVar.set(i, 1, -2);
      }
      return new DiagonalGaussian(mean, logVar);
    }
  }

  /**
   * x = (1, 3), ε = 0: z = μ = 2, m = (2, 4), residuals (−1, −1).
   *
   * <pre>
   *   −log p(x₁|z) = ½ (ln 2π + 0 + 1)          −log p(x₂|z) = ½ (ln 2π − 2 + e²)
   *   KL = ½ (e⁻¹ + 4 − 1 + 1) = ½ (e⁻¹ + 4)
   * </pre>
   */
  @Test
  void scoresOneRowAsByHand() {
    NegativeElbo score = new NegativeElbo(new ByHand(), new StandardNormal(), Draws.atTheMean(1));

    ElboScores scores = score.score(row(1, 3), Mask.all(1, 2));

    double first = 0.5 * (LN_2PI + 1);
    double second = 0.5 * (LN_2PI - 2 + Math.exp(2));
    double kl = 0.5 * (Math.exp(-1) + 4);
    assertThat(scores.terms(0).contributions()[0]).isCloseTo(first, within(ROUNDING));
    assertThat(scores.terms(0).contributions()[1]).isCloseTo(second, within(ROUNDING));
    assertThat(scores.kl(0)).isCloseTo(kl, within(ROUNDING));
    assertThat(scores.score(0)).isCloseTo(first + second + kl, within(ROUNDING));
    assertThat(scores.terms(0).expected()).containsExactly(2, 4);
    assertThat(scores.terms(0).sigma()[0]).isCloseTo(1, within(ROUNDING));
    assertThat(scores.terms(0).sigma()[1]).isCloseTo(Math.exp(-1), within(ROUNDING));
  }

  /**
   * With ε = ±1 and σ = e^−½ the draws are z = 2 ± σ. The squared residual of x₁ = 1 averages 1 +
   * σ², that of x₂ = 3 averages 1 + 4σ²; σ² = e^−1. The mixture's variance is the draws' own
   * variance plus that of their means.
   */
  @Test
  void averagesOverTheDraws() {
    Draws plusAndMinusOne = new Draws(Rows.of(2, 1, new double[] {1, -1}));
    NegativeElbo score = new NegativeElbo(new ByHand(), new StandardNormal(), plusAndMinusOne);

    ElboScores scores = score.score(row(1, 3), Mask.all(1, 2));

    double var = Math.exp(-1);
    assertThat(scores.terms(0).contributions()[0])
        .isCloseTo(0.5 * (LN_2PI + 1 + var), within(ROUNDING));
    assertThat(scores.terms(0).contributions()[1])
        .isCloseTo(0.5 * (LN_2PI - 2 + Math.exp(2) * (1 + 4 * var)), within(ROUNDING));
    assertThat(scores.terms(0).expected()[1]).isCloseTo(4, within(ROUNDING));
    assertThat(scores.terms(0).sigma()[0]).isCloseTo(Math.sqrt(1 + var), within(ROUNDING));
    assertThat(scores.terms(0).sigma()[1])
        .isCloseTo(Math.sqrt(Math.exp(-2) + 4 * var), within(ROUNDING));
  }

  /** KL = E_q[log q(z) − log p(z)]: its Monte Carlo estimate must hit within 4 standard errors. */
  @Test
  void klAgreesWithMonteCarlo() {
    NegativeElbo score = new NegativeElbo(new ByHand(), new StandardNormal(), Draws.atTheMean(1));
    double closedForm = score.score(row(0.4, 0.8), Mask.all(1, 2)).kl(0);

    Estimate estimate = klByMonteCarlo(0.6, Math.exp(-0.5), new SplittableRandom(11));

    assertThat(closedForm).isCloseTo(estimate.mean, within(4 * estimate.standardError));
    assertThat(estimate.standardError).isLessThan(0.01 * closedForm);
  }

  private record Estimate(double mean, double standardError) {}

  private static Estimate klByMonteCarlo(double mu, double sigma, RandomGenerator random) {
    int n = 200_000;
    double sum = 0;
    double sumOfSquares = 0;
    for (int i = 0; i < n; i++) {
      double e = random.nextGaussian();
      double z = mu + sigma * e;
      double logRatio = -Math.log(sigma) - 0.5 * e * e + 0.5 * z * z;
      sum += logRatio;
      sumOfSquares += logRatio * logRatio;
    }
    double mean = sum / n;
    return new Estimate(mean, Math.sqrt((sumOfSquares / n - mean * mean) / n));
  }

  /**
   * For this model log p(x) is known: x ~ N(0, C), C = (1 2)ᵀ(1 2) + diag(1, e⁻²). With many draws
   * the score must not fall below −log p(x).
   */
  @Test
  void boundsTheNegativeLogLikelihoodFromAbove() {
    NegativeElbo score =
        new NegativeElbo(
            new ByHand(), new StandardNormal(), Draws.antithetic(2000, 1, new SplittableRandom(5)));
    Rows x = Rows.copyOf(new double[][] {{0, 0}, {0.5, 1}, {1, 2}, {-1, -2.2}, {2, -1}});

    ElboScores scores = score.score(x, Mask.all(5, 2));

    for (int i = 0; i < x.count(); i++) {
      assertThat(scores.score(i)).isGreaterThan(negativeLogLikelihood(x.get(i, 0), x.get(i, 1)));
    }
  }

  private static double negativeLogLikelihood(double x1, double x2) {
    double c11 = 2;
    double c12 = 2;
    double c22 = 4 + Math.exp(-2);
    double det = c11 * c22 - c12 * c12;
    double mahalanobis = (c22 * x1 * x1 - 2 * c12 * x1 * x2 + c11 * x2 * x2) / det;
    return 0.5 * (2 * LN_2PI + Math.log(det) + mahalanobis);
  }

  @Test
  void missingSensorTakesNoPartInTheReconstruction() {
    NegativeElbo score = new NegativeElbo(new ByHand(), new StandardNormal(), Draws.atTheMean(1));
    Mask mask = Mask.all(1, 2);
    mask.miss(0, 1);

    ElboScores scores = score.score(row(1, 0), mask);

    // x₂ is filled with 2z = x₁ + x₂, five times from 0: 5. Then z = 3 and the residual of x₁ is
    // −2.
    assertThat(scores.terms(0).contributions()[1]).isZero();
    assertThat(scores.reconstruction(0)).isCloseTo(0.5 * (LN_2PI + 4), within(ROUNDING));
    assertThat(scores.terms(0).expected()[1]).isEqualTo(6);
  }

  @Test
  void rowThatIsNotFiniteIsUnscorableAndLeavesItsNeighboursAlone() {
    NegativeElbo score = new NegativeElbo(new ByHand(), new StandardNormal(), Draws.atTheMean(1));
    Rows x = Rows.copyOf(new double[][] {{1, 3}, {Double.NaN, 0}, {Double.POSITIVE_INFINITY, 0}});

    ElboScores scores = score.score(x, Mask.all(3, 2));

    assertThat(scores.scorable(0)).isTrue();
    assertThat(scores.scorable(1)).isFalse();
    assertThat(scores.scorable(2)).isFalse();
  }

  @Test
  void doesNotModifyItsInput() {
    NegativeElbo score = new NegativeElbo(new ByHand(), new StandardNormal(), Draws.atTheMean(1));
    Rows x = row(1, 3);

    score.score(x, Mask.all(1, 2));

    assertThat(x.values()).containsExactly(1, 3);
  }

  @Test
  void rejectsDrawsOfAnotherWidth() {
    assertThatThrownBy(
            () -> new NegativeElbo(new ByHand(), new StandardNormal(), Draws.atTheMean(3)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("draws are 3 wide, the model has 1 latents");
  }

  @Test
  void rejectsRowsOrMaskOfAnotherShape() {
    NegativeElbo score = new NegativeElbo(new ByHand(), new StandardNormal(), Draws.atTheMean(1));

    assertThatThrownBy(() -> score.score(Rows.zeros(1, 3), Mask.all(1, 3)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the model has 2 features");
    assertThatThrownBy(() -> score.score(Rows.zeros(2, 2), Mask.all(1, 2)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Rows row(double first, double second) {
    return Rows.of(1, 2, new double[] {first, second});
  }
}
