package dev.elbow.trainer.mixture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.elbow.score.ExemplarMixture;
import dev.elbow.score.Mask;
import dev.elbow.score.Rows;
import dev.elbow.score.Squash;
import dev.elbow.score.WeightedMixture;
import dev.elbow.trainer.data.ModelRows;
import dev.elbow.trainer.vae.Architecture;
import dev.elbow.trainer.vae.Vae;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class MixtureFitTest {

  private static final Squash SQUASH = new Squash(3);
  private static final double CORRELATION = 0.9;

  private final Vae filler = Vae.zeros(Architecture.defaults(2));

  /** Standard normal both, the second correlated with the first. */
  private static ModelRows rows(int count, long seed) {
    var random = new SplittableRandom(seed);
    Rows x = Rows.zeros(count, 2);
    for (int i = 0; i < count; i++) {
      double first = random.nextGaussian();
      double own = Math.sqrt(1 - CORRELATION * CORRELATION) * random.nextGaussian();
      x.set(i, 0, SQUASH.apply(first));
      x.set(i, 1, SQUASH.apply(CORRELATION * first + own));
    }
    return new ModelRows(x, Mask.all(count, 2));
  }

  private WeightedMixture fit(ModelRows rows, int exemplars) {
    var settings = new MixtureSettings(0.5, exemplars);
    return MixtureFit.fit(rows, filler, SQUASH, settings, 5).orElseThrow();
  }

  /** −ln p cannot be lower on average than the entropy, ln 2πe + ½ ln(1 − ρ²) = 2.007 nats. */
  @Test
  void comesCloseToTheEntropyOfNewRows() {
    ModelRows fresh = rows(2000, 2);

    double mean = fit(rows(1500, 1), 100).mixture().score(fresh.x(), fresh.mask()).mean();

    double entropy = Math.log(2 * Math.PI * Math.E) + 0.5 * Math.log(1 - 0.81);
    assertThat(mean).isBetween(entropy - 0.1, entropy + 0.35);
  }

  @Test
  void takesEveryRowWhereThereAreFew() {
    ExemplarMixture mixture = fit(rows(40, 1), 250).mixture();

    assertThat(mixture.count()).isEqualTo(40);
    Rows mapped = mixture.maps().apply(rows(40, 1).x());
    for (int c = 0; c < 80; c++) {
      assertThat(mixture.exemplars().values()[c]).isCloseTo(mapped.values()[c], within(1e-9));
    }
  }

  @Test
  void isTheSameForTheSameSeed() {
    ExemplarMixture one = fit(rows(600, 1), 50).mixture();
    ExemplarMixture other = fit(rows(600, 1), 50).mixture();

    assertThat(one.count()).isEqualTo(50);
    assertThat(one.exemplars().values()).isEqualTo(other.exemplars().values());
    assertThat(one.weights()).isEqualTo(other.weights());
    assertThat(one.root()).isEqualTo(other.root());
  }

  @Test
  void fitsRowsWithMissingCells() {
    ModelRows gappy = rows(300, 1);
    for (int i = 0; i < 300; i += 3) {
      gappy.mask().miss(i, i % 2);
      gappy.x().set(i, i % 2, 0);
    }
    ModelRows fresh = rows(500, 2);

    double mean = fit(gappy, 100).mixture().score(fresh.x(), fresh.mask()).mean();

    assertThat(mean).isLessThan(3);
  }

  @Test
  void canBeLeftOut() {
    assertThat(MixtureFit.fit(rows(20, 1), filler, SQUASH, MixtureSettings.NONE, 5)).isEmpty();
  }

  @Test
  void refusesSettingsOutOfRange() {
    assertThatThrownBy(() -> new MixtureSettings(1, 250)).hasMessageContaining("found 1.0");
    assertThatThrownBy(() -> new MixtureSettings(-0.1, 250)).hasMessageContaining("mixture: ");
    assertThatThrownBy(() -> new MixtureSettings(0.5, 0)).hasMessageContaining("found 0");
  }
}
