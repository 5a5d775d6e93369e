package dev.elbow.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ImputationTest {

  /** Two sensors that should be alike: μ is half of their mean and both are expected at 2 μ. */
  private static final VariationalModel ALIKE =
      new VariationalModel() {

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
          for (int i = 0; i < x.count(); i++) {
            mu.set(i, 0, (x.get(i, 0) + x.get(i, 1)) / 4);
          }
          return new DiagonalGaussian(mu, Rows.zeros(x.count(), 1));
        }

        @Override
        public DiagonalGaussian decode(Rows z) {
          Rows mean = Rows.zeros(z.count(), 2);
          for (int i = 0; i < z.count(); i++) {
            mean.set(i, 0, 2 * z.get(i, 0));
            mean.set(i, 1, 2 * z.get(i, 0));
          }
          return new DiagonalGaussian(mean, Rows.zeros(z.count(), 2));
        }
      };

  /** The missing one becomes (4 + x)/2: 2, 3, 3.5, 3.75, 3.875. */
  @Test
  void bringsAMissingCellToWhatTheObservedOnesLetExpect() {
    Rows x = Rows.copyOf(new double[][] {{1, 5}, {4, 777}});
    Mask mask = Mask.all(2, 2);
    mask.miss(1, 1);

    Rows filled = Imputation.fill(ALIKE, x, mask);

    assertThat(filled.row(0)).containsExactly(1, 5);
    assertThat(filled.get(1, 0)).isEqualTo(4);
    assertThat(filled.get(1, 1)).isCloseTo(3.875, within(1e-12));
    assertThat(x.get(1, 1)).isEqualTo(777);
  }

  @Test
  void leavesWholeRowsAsTheyAre() {
    Rows x = Rows.copyOf(new double[][] {{1, 5}});

    assertThat(Imputation.fill(ALIKE, x, Mask.all(1, 2))).isSameAs(x);
  }

  /** Whatever a missing cell holds: with sensor 1 at 4 it is expected at 3.875, μ = 7.875/4. */
  @Test
  void scoresARowByWhatWasObserved() {
    Mask mask = Mask.all(1, 2);
    mask.miss(0, 1);
    NegativeElbo score = new NegativeElbo(ALIKE, new StandardNormal(), Draws.atTheMean(1));

    ElboScores scores = score.score(Rows.copyOf(new double[][] {{4, -3}}), mask);

    double mu = 7.875 / 4;
    double residual = 4 - 2 * mu;
    assertThat(scores.score(0))
        .isCloseTo(
            0.5 * (Math.log(2 * Math.PI) + residual * residual) + 0.5 * mu * mu, within(1e-12));
    assertThat(scores.terms(0).contributions()[1]).isZero();
  }
}
