package dev.elbow.trainer.vae;

import static dev.elbow.trainer.Reference.TOLERANCE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.elbow.score.DiagonalGaussian;
import dev.elbow.score.Draws;
import dev.elbow.score.ElboScores;
import dev.elbow.score.Mask;
import dev.elbow.score.NegativeElbo;
import dev.elbow.score.Rows;
import dev.elbow.score.StandardNormal;
import dev.elbow.trainer.Reference;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

/** Forward values and every gradient against automatic differentiation. */
class ElboReferenceTest {

  private static final int ROWS = 4;
  private static final int FEATURES = 5;
  private static final int LATENTS = 2;
  private static final int DRAWS = 3;

  private final Reference reference = Reference.read();
  private final Vae vae = reference.vae();
  private final DMatrixRMaj x = reference.matrix("/x", FEATURES);
  private final DMatrixRMaj eps = reference.matrix("/eps", LATENTS);
  private final Mask mask = Mask.all(ROWS, FEATURES);

  @Test
  void encodesAsTheReference() {
    DiagonalGaussian q = vae.encode(reference.rows("/x", FEATURES));

    assertThat(q.mean().values()).containsExactly(reference.numbers("/expected/mu"), TOLERANCE);
    assertThat(q.logVar().values())
        .containsExactly(reference.numbers("/expected/log_var"), TOLERANCE);
  }

  @Test
  void decodesAsTheReference() {
    DMatrixRMaj mu = reference.matrix("/expected/mu", LATENTS);
    DMatrixRMaj logVar = reference.matrix("/expected/log_var", LATENTS);
    DMatrixRMaj z = new DMatrixRMaj(0, 0);
    DMatrixRMaj sigma = new DMatrixRMaj(0, 0);
    Reparameterization.sigma(logVar, sigma);
    Reparameterization.forward(mu, sigma, reference.matrix("/eps/2", LATENTS), z);

    DiagonalGaussian p = vae.decode(Rows.of(ROWS, LATENTS, z.data));

    assertThat(p.mean().values())
        .containsExactly(reference.numbers("/expected/mean_last_draw"), TOLERANCE);
    assertThat(p.logVar().values())
        .containsExactly(reference.numbers("/expected/log_var_last_draw"), TOLERANCE);
  }

  @Test
  void lossIsTheReferences() {
    Loss loss = new Elbo(vae).forward(x, mask, eps);

    assertThat(loss.total()).isCloseTo(reference.number("/expected/loss"), TOLERANCE);
    assertThat(loss.reconstruction())
        .isCloseTo(sum(reference.numbers("/expected/reconstruction_per_sensor")) / ROWS, TOLERANCE);
    assertThat(loss.kl())
        .isCloseTo(sum(reference.numbers("/expected/kl_per_latent")) / ROWS, TOLERANCE);
  }

  @Test
  void gradientOfThetaIsTheReferences() {
    Elbo elbo = new Elbo(vae);
    elbo.forward(x, mask, eps);

    Parameters gradient = elbo.gradientOfTheta();

    assertThat(gradient.names()).hasSize(8);
    assertMatches("/expected/gradients", gradient);
  }

  @Test
  void gradientOfPhiIsTheReferences() {
    Elbo elbo = new Elbo(vae);
    elbo.forward(x, mask, eps);

    Parameters gradient = elbo.gradientOfPhi();

    assertThat(gradient.names()).hasSize(8);
    assertMatches("/expected/gradients", gradient);
  }

  /** The reference has its own draws for each row, the score one set for all: row by row, then. */
  @Test
  void scoreIsTheReferences() {
    Rows rows = reference.rows("/x", FEATURES);
    Rows contributions = reference.rows("/expected/reconstruction_per_sensor", FEATURES);
    Rows kl = reference.rows("/expected/kl_per_latent", LATENTS);
    double[] negativeElbo = reference.numbers("/expected/negative_elbo");

    for (int i = 0; i < ROWS; i++) {
      NegativeElbo score = new NegativeElbo(vae, new StandardNormal(), drawsOfRow(i));
      ElboScores scores = score.score(Rows.of(1, FEATURES, rows.row(i)), Mask.all(1, FEATURES));

      assertThat(scores.terms(0).contributions()).containsExactly(contributions.row(i), TOLERANCE);
      assertThat(scores.kl().perLatent().orElseThrow().row(0))
          .containsExactly(kl.row(i), TOLERANCE);
      assertThat(scores.score(0)).isCloseTo(negativeElbo[i], TOLERANCE);
    }
  }

  private Draws drawsOfRow(int i) {
    Rows draws = Rows.zeros(DRAWS, LATENTS);
    for (int l = 0; l < DRAWS; l++) {
      for (int k = 0; k < LATENTS; k++) {
        draws.set(l, k, eps.get(l * ROWS + i, k));
      }
    }
    return new Draws(draws);
  }

  private void assertMatches(String pointer, Parameters actual) {
    reference.forEachMatrix(
        pointer,
        actual,
        (name, expected) ->
            assertThat(actual.get(name).data).as(name).containsExactly(expected, TOLERANCE));
  }

  private static double sum(double[] values) {
    return Arrays.stream(values).sum();
  }
}
