package dev.elbow.trainer.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.elbow.input.InvalidInputException;
import dev.elbow.score.Mask;
import dev.elbow.score.Rows;
import dev.elbow.score.Whitening;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class WhiteningFitTest {

  private static final int ROWS = 400;

  /** Covariance of u over the fit rows: diag(λ / (λ + r)), 1 where the ridge is small beside λ. */
  @Test
  void makesTheFitRowsUncorrelatedAndOfUnitVariance() {
    Rows f = correlated();
    Mask mask = Mask.all(ROWS, 3);

    Rows u = WhiteningFit.fit(f, mask, 1e-9).forward(f, mask);

    for (int j = 0; j < 3; j++) {
      assertThat(mean(u, j)).isCloseTo(0, within(1e-12));
      for (int k = 0; k < 3; k++) {
        assertThat(meanProduct(u, j, k)).isCloseTo(j == k ? 1 : 0, within(1e-6));
      }
    }
  }

  /** Two features alike: λ = 0 in the direction of their difference, stretched by 1/√r. */
  @Test
  void ridgeBoundsHowMuchIsMadeOfADirectionThatDoesNotVary() {
    Rows f = Rows.zeros(ROWS, 2);
    var random = new SplittableRandom(5);
    for (int i = 0; i < ROWS; i++) {
      double value = random.nextGaussian();
      f.set(i, 0, value);
      f.set(i, 1, value);
    }

    Whitening whitening = WhiteningFit.fit(f, Mask.all(ROWS, 2), 0.01);
    double[] center = whitening.center();
    double half = Math.sqrt(0.5);
    Rows apart = Rows.copyOf(new double[][] {{center[0] + half, center[1] - half}});
    double[] u = whitening.forward(apart, Mask.all(1, 2)).row(0);

    assertThat(Math.hypot(u[0], u[1])).isCloseTo(10, within(1e-9));
  }

  @Test
  void takesAMissingCellForItsMean() {
    Rows f = correlated();
    Mask mask = Mask.all(ROWS, 3);
    f.set(7, 1, 1e6);
    mask.miss(7, 1);

    double[] center = WhiteningFit.fit(f, mask, 1e-3).center();

    double others = (mean(f, 1) * ROWS - 1e6) / (ROWS - 1);
    assertThat(center[1]).isCloseTo(others, within(1e-9));
  }

  @Test
  void refusesMoreFeaturesThanMemoryHolds() {
    Rows wide = Rows.zeros(2, WhiteningFit.MOST_FEATURES + 1);

    assertThatThrownBy(() -> WhiteningFit.fit(wide, Mask.all(2, wide.columns()), 1e-3))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("2049 features, at most 2048")
        .hasMessageContaining("--window");
  }

  @Test
  void rejectsOneRowAndNoRidge() {
    assertThatThrownBy(() -> WhiteningFit.fit(Rows.zeros(1, 2), Mask.all(1, 2), 1e-3))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> WhiteningFit.fit(Rows.zeros(2, 2), Mask.all(2, 2), 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Rows correlated() {
    Rows f = Rows.zeros(ROWS, 3);
    var random = new SplittableRandom(11);
    for (int i = 0; i < ROWS; i++) {
      double common = random.nextGaussian();
      f.set(i, 0, 3 + common);
      f.set(i, 1, common + 0.3 * random.nextGaussian());
      f.set(i, 2, -2 * common + 0.5 * random.nextGaussian());
    }
    return f;
  }

  private static double mean(Rows rows, int j) {
    double sum = 0;
    for (int i = 0; i < rows.count(); i++) {
      sum += rows.get(i, j);
    }
    return sum / rows.count();
  }

  private static double meanProduct(Rows rows, int j, int k) {
    double sum = 0;
    for (int i = 0; i < rows.count(); i++) {
      sum += rows.get(i, j) * rows.get(i, k);
    }
    return sum / rows.count();
  }
}
