package dev.elbow.trainer.vae;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.elbow.score.DiagonalGaussian;
import dev.elbow.score.Draws;
import dev.elbow.score.ElboScores;
import dev.elbow.score.Mask;
import dev.elbow.score.NegativeElbo;
import dev.elbow.score.Rows;
import dev.elbow.score.StandardNormal;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;

class ElboTest {

  private static final Architecture SMALL =
      new Architecture(3, 2, List.of(4), List.of(4), Activation.TANH, 0.2, 1);

  private final Vae vae = Vae.random(SMALL, new SplittableRandom(2));

  private final DMatrixRMaj x =
      new DMatrixRMaj(new double[][] {{0.5, -1, 2}, {1.5, 0, -0.3}, {-2, 0.1, 0.7}});

  private final DMatrixRMaj eps =
      new DMatrixRMaj(new double[][] {{0.3, -1.2}, {0.8, 0.1}, {-0.5, 2.0}});

  /**
   * All weights 0, so biases are the outputs. One row x = (1, −1), one latent with μ = 0.6, S = ln
   * 0.25; m = (0.5, −1), raw T = −2, so g = ½ and T = ½ (2 ln 0.2 + 0) = ln 0.2, whatever z is.
   *
   * <pre>
   *   reconstruction = ½ (ln 2π + ln 0.2 + 0.25/0.2) + ½ (ln 2π + ln 0.2)
   *   KL = ½ (0.25 + 0.36 − 1 − ln 0.25)
   *   ∂L/∂m = −(x − m)/0.2 = (−2.5, 0)
   *   ∂L/∂raw = ½ (1 − (x − m)²/0.2) (hi − lo) ¼, hi − lo = −2 ln 0.2
   *   ∂L/∂μ = 0.6,   ∂L/∂S = ½ (0.25 − 1)
   * </pre>
   */
  @Test
  void isAsWorkedOutByHand() {
    Vae byHand = Vae.zeros(new Architecture(2, 1, List.of(1), List.of(1), Activation.TANH, 0.2, 1));
    byHand.encoder().mu().bias().data[0] = 0.6;
    byHand.encoder().logVar().bias().data[0] = Math.log(0.25);
    byHand.decoder().mean().bias().setTo(new DMatrixRMaj(new double[][] {{0.5, -1}}));
    byHand.decoder().logVar().bias().setTo(new DMatrixRMaj(new double[][] {{-2, -2}}));
    Elbo elbo = new Elbo(byHand);

    Loss loss =
        elbo.forward(
            new DMatrixRMaj(new double[][] {{1, -1}}),
            Mask.all(1, 2),
            new DMatrixRMaj(new double[][] {{1.7}}));

    double slope = -2 * Math.log(0.2) / 4;
    assertThat(loss.reconstruction())
        .isCloseTo(Math.log(2 * Math.PI) + Math.log(0.2) + 0.625, within(1e-14));
    assertThat(loss.kl()).isCloseTo(0.5 * (0.61 - 1 - Math.log(0.25)), within(1e-14));
    assertThat(loss.total()).isEqualTo(loss.reconstruction() + loss.kl());
    assertThat(elbo.gradientOfTheta().get("decoder.mean.b").data)
        .containsExactly(new double[] {-2.5, 0}, within(1e-14));
    assertThat(elbo.gradientOfTheta().get("decoder.log_var.b").data)
        .containsExactly(new double[] {0.5 * (1 - 1.25) * slope, 0.5 * slope}, within(1e-14));
    assertThat(elbo.gradientOfPhi().get("encoder.mu.b").data)
        .containsExactly(new double[] {0.6}, within(1e-14));
    assertThat(elbo.gradientOfPhi().get("encoder.log_var.b").data)
        .containsExactly(new double[] {-0.375}, within(1e-14));
  }

  @Test
  void isTheMeanOfTheScoresOfTheRows() {
    DMatrixRMaj sameDrawForAll =
        new DMatrixRMaj(new double[][] {{0.3, -1.2}, {0.3, -1.2}, {0.3, -1.2}});

    Loss loss = new Elbo(vae).forward(x, Mask.all(3, 3), sameDrawForAll);

    ElboScores scores =
        new NegativeElbo(
                vae, new StandardNormal(), new Draws(Rows.copyOf(new double[][] {{0.3, -1.2}})))
            .score(Rows.of(3, 3, x.data), Mask.all(3, 3));
    double mean = (scores.score(0) + scores.score(1) + scores.score(2)) / 3;
    assertThat(loss.total()).isCloseTo(mean, within(1e-13));
  }

  /**
   * KL = E_q[log q(z|x) − log p(z)], a mean over the rows: its Monte Carlo estimate, from the
   * densities themselves, must hit within 4 standard errors.
   */
  @Test
  void klAgreesWithMonteCarlo() {
    double closedForm = new Elbo(vae).forward(x, Mask.all(3, 3), eps).kl();

    double[] samples = logRatios(vae.encode(Rows.of(3, 3, x.data)), 200_000);

    double mean = Arrays.stream(samples).average().orElseThrow();
    double squares = Arrays.stream(samples).map(v -> (v - mean) * (v - mean)).sum();
    double standardError = Math.sqrt(squares) / samples.length;
    assertThat(closedForm).isCloseTo(mean, within(4 * standardError));
    assertThat(standardError).isLessThan(0.01 * closedForm);
  }

  /** Of each sample the mean over the rows of log q(z|x) − log p(z), z ~ q. */
  private static double[] logRatios(DiagonalGaussian q, int count) {
    SplittableRandom random = new SplittableRandom(12);
    double[] ratios = new double[count];
    for (int s = 0; s < count; s++) {
      for (int c = 0; c < q.mean().values().length; c++) {
        double mu = q.mean().values()[c];
        double sigma = Math.exp(0.5 * q.logVar().values()[c]);
        double z = mu + sigma * random.nextGaussian();
        double ratio = logNormal(z, mu, sigma) - logNormal(z, 0, 1);
        ratios[s] += ratio / q.mean().count();
      }
    }
    return ratios;
  }

  private static double logNormal(double z, double mean, double sigma) {
    double u = (z - mean) / sigma;
    return -0.5 * Math.log(2 * Math.PI) - Math.log(sigma) - 0.5 * u * u;
  }

  @Test
  void missingSensorGivesItsOutputsNoGradient() {
    Mask mask = Mask.all(3, 3);
    missColumn(mask, 1);
    Elbo elbo = new Elbo(vae);

    elbo.forward(x, mask, eps);

    Parameters gradient = elbo.gradientOfTheta();
    assertThat(gradient.get("decoder.mean.b").data[1]).isZero();
    assertThat(gradient.get("decoder.log_var.b").data[1]).isZero();
    assertThat(CommonOps_DDRM.extractColumn(gradient.get("decoder.mean.W"), 1, null).data)
        .containsOnly(0);
    assertThat(gradient.get("decoder.mean.b").data[0]).isNotZero();
  }

  @Test
  void whollyMissingRowsLeaveOnlyTheKl() {
    Mask nothing = Mask.all(3, 3);
    missColumn(nothing, 0);
    missColumn(nothing, 1);
    missColumn(nothing, 2);
    Elbo elbo = new Elbo(vae);

    Loss loss = elbo.forward(x, nothing, eps);

    assertThat(loss.reconstruction()).isZero();
    assertThat(loss.kl()).isPositive();
    assertThat(Arrays.stream(elbo.gradientOfTheta().toArray())).allMatch(g -> g == 0);
  }

  @Test
  void gradientOfThetaWritesNothingOfPhi() {
    Elbo elbo = new Elbo(vae);
    elbo.forward(x, Mask.all(3, 3), eps);
    Parameters dPhi = elbo.gradientOfPhi();
    Parameters before = dPhi.copy();
    elbo.forward(x, Mask.all(3, 3), otherDraws());

    elbo.gradientOfTheta();

    assertThat(dPhi.sameBits(before)).isTrue();
  }

  @Test
  void gradientOfPhiWritesNothingOfTheta() {
    Elbo elbo = new Elbo(vae);
    elbo.forward(x, Mask.all(3, 3), eps);
    Parameters dTheta = elbo.gradientOfTheta();
    Parameters before = dTheta.copy();
    elbo.forward(x, Mask.all(3, 3), otherDraws());

    elbo.gradientOfPhi();

    assertThat(dTheta.sameBits(before)).isTrue();
  }

  @Test
  void gradientsLeaveTheParametersUntouched() {
    Parameters before = vae.parameters().copy();
    Elbo elbo = new Elbo(vae);

    elbo.forward(x, Mask.all(3, 3), eps);
    elbo.gradientOfTheta();
    elbo.gradientOfPhi();

    assertThat(vae.parameters().sameBits(before)).isTrue();
  }

  @Test
  void smallerMinibatchAfterALargerOneIsNotHauntedByIt() {
    Elbo used = new Elbo(vae);
    used.forward(x, Mask.all(3, 3), eps);
    used.gradientOfPhi();
    DMatrixRMaj row = new DMatrixRMaj(new double[][] {{0.2, 0.4, -1}});
    DMatrixRMaj draw = new DMatrixRMaj(new double[][] {{1, -1}});
    Elbo fresh = new Elbo(vae);

    Loss loss = used.forward(row, Mask.all(1, 3), draw);

    assertThat(loss).isEqualTo(fresh.forward(row, Mask.all(1, 3), draw));
    assertThat(used.gradientOfTheta().sameBits(fresh.gradientOfTheta())).isTrue();
    assertThat(used.gradientOfPhi().sameBits(fresh.gradientOfPhi())).isTrue();
  }

  private DMatrixRMaj otherDraws() {
    DMatrixRMaj other = eps.copy();
    CommonOps_DDRM.scale(-0.5, other);
    return other;
  }

  private static void missColumn(Mask mask, int d) {
    for (int i = 0; i < mask.count(); i++) {
      mask.miss(i, d);
    }
  }
}
