package dev.elbow.trainer.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.elbow.score.DiagonalGaussian;
import dev.elbow.score.Rows;
import java.util.List;
import java.util.Optional;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class ModelHealthTest {

  private static final Offset<Double> ROUNDING = within(1e-12);

  /**
   * Two rows, two latents. The first has μ = 1 and −1 and σ² = e⁻¹, so its activity is 1 and its KL
   * ½ (e⁻¹ + 1 − 1 + 1); the second is the prior itself in both rows.
   */
  private static final DiagonalGaussian POSTERIOR =
      new DiagonalGaussian(
          Rows.copyOf(new double[][] {{1, 0}, {-1, 0}}),
          Rows.copyOf(new double[][] {{-1, 0}, {-1, 0}}));

  @Test
  void latentIsAsWorkedOutByHand() {
    List<LatentHealth> latents = LatentHealth.of(POSTERIOR);

    assertThat(latents.get(0).kl()).isCloseTo(0.5 * (Math.exp(-1) + 1), ROUNDING);
    assertThat(latents.get(0).activity()).isCloseTo(1, ROUNDING);
    assertThat(latents.get(0).active()).isTrue();
    assertThat(latents.get(1)).isEqualTo(new LatentHealth(0, 0));
    assertThat(latents.get(1).active()).isFalse();
  }

  /** A mean far from 0 costs KL, but one that is the same in every row tells rows nothing apart. */
  @Test
  void latentThatIsAlwaysTheSameIsInactive() {
    DiagonalGaussian constant =
        new DiagonalGaussian(
            Rows.copyOf(new double[][] {{3}, {3}}), Rows.copyOf(new double[][] {{0}, {0}}));

    LatentHealth latent = LatentHealth.of(constant).get(0);

    assertThat(latent.kl()).isCloseTo(4.5, ROUNDING);
    assertThat(latent.active()).isFalse();
  }

  @Test
  void rejectsAnEmptyPosterior() {
    DiagonalGaussian none = new DiagonalGaussian(Rows.zeros(0, 1), Rows.zeros(0, 1));

    assertThatThrownBy(() -> LatentHealth.of(none)).hasMessageContaining("expected the posterior");
  }

  @Test
  void countsTheLatentsOfAllMembers() {
    ModelHealth health = ModelHealth.of(List.of(POSTERIOR, POSTERIOR), Optional.empty());

    assertThat(health.latents()).isEqualTo(4);
    assertThat(health.activeLatents()).isEqualTo(2);
    assertThat(health.warning()).isEmpty();
  }

  @Test
  void warnsWhenNoLatentIsActive() {
    DiagonalGaussian prior = new DiagonalGaussian(Rows.zeros(5, 3), Rows.zeros(5, 3));

    ModelHealth health = ModelHealth.of(List.of(prior), Optional.empty());

    assertThat(health.warning().orElseThrow()).startsWith("all 3 latents have collapsed");
  }

  @Test
  void namesItsFigures() {
    ModelHealth health = ModelHealth.of(List.of(POSTERIOR), Optional.of(new GapToPca(5, 7.5, 2)));

    assertThat(health.metrics())
        .containsEntry("latents.active", 1.0)
        .containsEntry("member1.z01.activity", 1.0)
        .containsEntry("member1.z02.kl", 0.0)
        .containsEntry("heldOut.pcaNegativeLogLikelihood", 7.5)
        .containsEntry("heldOut.gapToPca", -2.5);
  }
}
