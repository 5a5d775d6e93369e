package dev.elbow.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class ExemplarPriorTest {

  /** Two numbers computed by the same few operations, in another order. */
  private static final double ROUNDING = 1e-12;

  private static final double[] VARIANCES = {0.5, 0.125};

  private final ExemplarPrior prior =
      new ExemplarPrior(
          Rows.copyOf(new double[][] {{0, 0}, {1, 0.5}, {-2, 1}}),
          new double[] {0.5, 0.3, 0.2},
          VARIANCES);

  /**
   * One latent, exemplars 0 and 3 of weights ¼ and ¾, v = 4; μ = 1, S = ln 2.
   *
   * <pre>
   *   ½ (ln 4 + 2/4 − 1 − ln 2) = ½ (ln 2 − ½)
   *   −ln( ¼ exp(−½ · 1/4) + ¾ exp(−½ · 4/4) )
   * </pre>
   */
  @Test
  void boundsTheKlAsByHand() {
    ExemplarPrior two =
        new ExemplarPrior(
            Rows.copyOf(new double[][] {{0}, {3}}), new double[] {0.25, 0.75}, new double[] {4});

    Kl kl = two.kl(posterior(new double[] {1}, new double[] {Math.log(2)}));

    double expected =
        0.5 * (Math.log(2) - 0.5) - Math.log(0.25 * Math.exp(-0.125) + 0.75 * Math.exp(-0.5));
    assertThat(kl.total().get(0, 0)).isCloseTo(expected, within(ROUNDING));
    assertThat(kl.perLatent()).isEmpty();
  }

  @Test
  void oneExemplarAtZeroOfUnitVarianceIsTheStandardNormal() {
    ExemplarPrior one = ExemplarPrior.uniform(Rows.zeros(1, 2), new double[] {1, 1});
    DiagonalGaussian q = posterior(new double[] {0.3, -7}, new double[] {-12, 2.5});

    double kl = one.kl(q).total().get(0, 0);

    assertThat(kl).isCloseTo(new StandardNormal().kl(q).total().get(0, 0), within(1e-11));
  }

  /** The mixture's KL by Monte Carlo must not lie above the bound by more than its noise. */
  @Test
  void boundsTheKlOfTheMixture() {
    var random = new SplittableRandom(3);
    for (double[] mu : new double[][] {{0, 0}, {0.5, 0.3}, {1, 0.5}, {-1, 2}, {6, -4}}) {
      DiagonalGaussian q = posterior(mu, new double[] {-1, -2.5});

      Estimate mixture = klByMonteCarlo(mu, new double[] {-1, -2.5}, random);

      double bound = prior.kl(q).total().get(0, 0);
      assertThat(bound).isGreaterThan(mixture.mean - 4 * mixture.standardError);
      assertThat(mixture.standardError).isLessThan(0.01 * (1 + mixture.mean));
    }
  }

  /** Far from all others, a posterior of an exemplar's width costs the exemplar's weight alone. */
  @Test
  void isExactWhereTheExemplarsAreFarApart() {
    ExemplarPrior apart =
        new ExemplarPrior(
            Rows.copyOf(new double[][] {{0, 0}, {100, 100}}), new double[] {0.2, 0.8}, VARIANCES);
    DiagonalGaussian q =
        posterior(new double[] {100, 100}, new double[] {Math.log(0.5), Math.log(0.125)});

    assertThat(apart.kl(q).total().get(0, 0)).isCloseTo(-Math.log(0.8), within(ROUNDING));
  }

  private record Estimate(double mean, double standardError) {}

  /** E_q[ln q(z) − ln p(z)], p the mixture itself. */
  private Estimate klByMonteCarlo(double[] mu, double[] logVar, RandomGenerator random) {
    int n = 100_000;
    double sum = 0;
    double sumOfSquares = 0;
    double[] z = new double[2];
    for (int i = 0; i < n; i++) {
      double logQ = 0;
      for (int k = 0; k < 2; k++) {
        double e = random.nextGaussian();
        z[k] = mu[k] + Math.exp(0.5 * logVar[k]) * e;
        logQ -= 0.5 * (Math.log(2 * Math.PI) + logVar[k] + e * e);
      }
      double logRatio = logQ - Math.log(density(z));
      sum += logRatio;
      sumOfSquares += logRatio * logRatio;
    }
    double mean = sum / n;
    return new Estimate(mean, Math.sqrt((sumOfSquares / n - mean * mean) / n));
  }

  private double density(double[] z) {
    double p = 0;
    for (int j = 0; j < prior.count(); j++) {
      double density = prior.weights()[j];
      for (int k = 0; k < 2; k++) {
        double distance = z[k] - prior.exemplars().get(j, k);
        density *=
            Math.exp(-0.5 * distance * distance / VARIANCES[k])
                / Math.sqrt(2 * Math.PI * VARIANCES[k]);
      }
      p += density;
    }
    return p;
  }

  /** exp(−½ · 10⁶) underflows; the bound must not. */
  @Test
  void staysFiniteFarFromEveryExemplar() {
    ExemplarPrior one = ExemplarPrior.uniform(Rows.zeros(2, 1), new double[] {1});

    double kl = one.kl(posterior(new double[] {1000}, new double[] {0})).total().get(0, 0);

    assertThat(kl).isCloseTo(500_000, within(1e-6));
  }

  @Test
  void isNotFiniteWhereThePosteriorIsNot() {
    double kl = prior.kl(posterior(new double[] {Double.NaN, 0}, VARIANCES)).total().get(0, 0);

    assertThat(kl).isNaN();
  }

  @Test
  void refusesPartsThatDoNotFit() {
    Rows two = Rows.zeros(2, 2);
    assertRefused(
        () -> ExemplarPrior.uniform(Rows.zeros(0, 2), VARIANCES), "at least one exemplar");
    assertRefused(() -> ExemplarPrior.uniform(two, new double[] {1}), "1 variances");
    assertRefused(() -> ExemplarPrior.uniform(two, new double[] {1, 0}), "variances of the");
    assertRefused(
        () -> new ExemplarPrior(two, new double[] {0.5, 0.4}, VARIANCES),
        "positive numbers of sum 1");
    assertRefused(
        () -> ExemplarPrior.uniform(Rows.copyOf(new double[][] {{0, Double.NaN}}), VARIANCES),
        "exemplars: expected finite numbers");
    assertRefused(
        () -> prior.kl(posterior(new double[] {0}, new double[] {0})),
        "the posterior has 1 latents");
  }

  private static void assertRefused(Runnable action, String message) {
    assertThatThrownBy(action::run)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  private static DiagonalGaussian posterior(double[] mu, double[] logVar) {
    return new DiagonalGaussian(Rows.of(1, mu.length, mu), Rows.of(1, logVar.length, logVar));
  }
}
