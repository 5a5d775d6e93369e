package dev.elbow.trainer.prior;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.elbow.score.DiagonalGaussian;
import dev.elbow.score.ExemplarPrior;
import dev.elbow.score.Rows;
import dev.elbow.score.VariationalModel;
import dev.elbow.trainer.prior.PriorSettings.ByHeldOutScore;
import dev.elbow.trainer.prior.PriorSettings.Exemplars;
import dev.elbow.trainer.prior.PriorSettings.Factor;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ExemplarFitTest {

  private static final int ALL = 8000;

  /** One sensor, one latent: μ = 2x and σ² = x². */
  private static final class ByHand implements VariationalModel {

    @Override
    public int features() {
      return 1;
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
        mu.set(i, 0, 2 * x.get(i, 0));
        logVar.set(i, 0, 2 * Math.log(Math.abs(x.get(i, 0))));
      }
      return new DiagonalGaussian(mu, logVar);
    }

    @Override
    public DiagonalGaussian decode(Rows z) {
      throw new AssertionError("the prior needs no decoder");
    }
  }

  /** Posterior means 2, 4 and 6, variances 1, 4 and 9 with the mean 14/3. */
  @Test
  void takesPosteriorMeansAndTheirMeanVariance() {
    Rows fit = Rows.copyOf(new double[][] {{1}, {2}, {3}});

    ExemplarFit.Fitted fitted = fit(fit, fit, ALL, new Factor(0.5));

    ExemplarPrior prior = fitted.prior();
    assertThat(prior.exemplars().values()).containsExactly(2, 4, 6);
    assertThat(prior.weights()).containsExactly(1 / 3.0, 1 / 3.0, 1 / 3.0);
    assertThat(prior.variances()[0]).isCloseTo(0.25 * 14 / 3, within(1e-12));
    assertThat(fitted.bandwidth()).isEqualTo(0.5);
  }

  /** More rows than are encoded at once; their posterior means are 2, 4, 6 and so on. */
  @Test
  void standsForAllRowsOfALargeFit() {
    Rows fit = Rows.zeros(10_000, 1);
    for (int i = 0; i < fit.count(); i++) {
      fit.set(i, 0, i + 1);
    }

    ExemplarPrior prior = fit(fit, fit, 100, Factor.DEFAULT).prior();

    assertThat(prior.count()).isEqualTo(100);
    double mean = 0;
    for (int j = 0; j < 100; j++) {
      mean += prior.weights()[j] * prior.exemplars().get(j, 0);
    }
    assertThat(mean).isCloseTo(10_001, within(1e-6));
    double meanOfSquares = 10_001 * 20_001 / 6.0;
    assertThat(prior.variances()[0]).isGreaterThan(0.49 * meanOfSquares);
  }

  /**
   * One exemplar at 2, s = 1, and a held-out row at μ = 3 with σ² = 2.25: the KL ½ (ln h² + (2.25 +
   * 1)/h² − 1 − ln 2.25) is least at h² = 3.25, and of the factors 1.8 = √3.24 comes closest.
   */
  @Test
  void choosesTheBandwidthByTheHeldOutScore() {
    Rows fit = Rows.copyOf(new double[][] {{1}});
    Rows heldOut = Rows.copyOf(new double[][] {{1.5}});

    ExemplarFit.Fitted fitted =
        fit(fit, heldOut, ALL, new ByHeldOutScore(List.of(0.5, 1.0, 1.8, 3.0)));

    assertThat(fitted.bandwidth()).isEqualTo(1.8);
    assertThat(fitted.prior().variances()[0]).isCloseTo(3.24, within(1e-12));
  }

  @Test
  void refusesSettingsOutOfRange() {
    assertRefused(() -> new Exemplars(0, Factor.DEFAULT), "exemplars: expected 1 to 8000, found 0");
    assertRefused(() -> new Exemplars(8001, Factor.DEFAULT), "found 8001");
    assertRefused(() -> new Factor(0), "exemplar bandwidth: expected a positive number, found 0");
    assertRefused(() -> new Factor(Double.NaN), "exemplar bandwidth");
    assertRefused(() -> new ByHeldOutScore(List.of()), "at least one");
  }

  private static ExemplarFit.Fitted fit(
      Rows fit, Rows heldOut, int count, PriorSettings.Bandwidth bandwidth) {
    return ExemplarFit.fit(
        new ByHand(), fit, heldOut, new Exemplars(count, bandwidth), new SplittableRandom(1));
  }

  private static void assertRefused(Runnable action, String message) {
    assertThatThrownBy(action::run)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }
}
