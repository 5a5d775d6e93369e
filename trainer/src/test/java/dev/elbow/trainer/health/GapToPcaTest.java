package dev.elbow.trainer.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.elbow.score.Mask;
import dev.elbow.score.Rows;
import dev.elbow.trainer.data.ModelRows;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class GapToPcaTest {

  /**
   * Sensors x₁ ~ N(0, 1) and x₂ = x₁ + noise of variance 0.25 are a Gaussian, which with one latent
   * probabilistic PCA of two sensors can be exactly. Its entropy is what it needs on average: ½ ln
   * ((2πe)² |C|) with |C| = 0.25.
   */
  @Test
  void pcaNeedsTheEntropyOfLinearData() {
    ModelRows fit = linear(40_000, 1);
    ModelRows heldOut = linear(20_000, 2);

    GapToPca gap = GapToPca.measure(fit, heldOut, 4, 1, 0.01).orElseThrow();

    double entropy = Math.log(2 * Math.PI * Math.E) + 0.5 * Math.log(0.25);
    assertThat(gap.pcaNegativeLogLikelihood()).isCloseTo(entropy, within(0.02));
    assertThat(gap.nats()).isEqualTo(4 - gap.pcaNegativeLogLikelihood());
  }

  @Test
  void tooWideRowsAreNotCompared() {
    int columns = GapToPca.MOST_COLUMNS + 1;
    ModelRows wide = new ModelRows(Rows.zeros(2, columns), Mask.all(2, columns));

    assertThat(GapToPca.measure(wide, wide, 4, 2, 0.04)).isEmpty();
  }

  private static ModelRows linear(int rows, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Rows x = Rows.zeros(rows, 2);
    for (int i = 0; i < rows; i++) {
      x.set(i, 0, random.nextGaussian());
      x.set(i, 1, x.get(i, 0) + 0.5 * random.nextGaussian());
    }
    return new ModelRows(x, Mask.all(rows, 2));
  }
}
