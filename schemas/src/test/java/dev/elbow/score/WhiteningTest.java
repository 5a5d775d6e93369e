package dev.elbow.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class WhiteningTest {

  private static final double[] CENTER = {1, -2, 0.5};

  /**
   * Orthogonal columns of squared lengths 9, 36 and 2.25: a rotation with its columns stretched.
   */
  private static final double[] A = {
    1, 4, -1,
    2, 2, 1,
    -2, 4, 0.5
  };

  private final Whitening whitening = Whitening.of(CENTER, A);

  /** (2, −1, 2.5) − c = (1, 1, 2): u = (1 + 2 − 4, 4 + 2 + 8, −1 + 1 + 1). */
  @Test
  void whitensByHand() {
    Rows u = whitening.forward(Rows.copyOf(new double[][] {{2, -1, 2.5}}), Mask.all(1, 3));

    assertThat(u.row(0)).containsExactly(-1, 14, 1);
  }

  /**
   * P = A Aᵀ. With the second feature missing f₂ = c₂ − (P₂₁ v₁ + P₂₃ v₃) / P₂₂, here P₂₁ = 2 + 8 −
   * 1 = 9, P₂₂ = 4 + 4 + 1 = 9, P₂₃ = −4 + 8 + 0.5 = 4.5, so with v₁ = 1 and v₃ = 2 it is c₂ − 2.
   */
  @Test
  void fillsAMissingFeatureWithItsConditionalMean() {
    Rows f = Rows.copyOf(new double[][] {{2, 99, 2.5}, {2, -2 - 2, 2.5}});
    Mask mask = Mask.all(2, 3);
    mask.miss(0, 1);

    Rows u = whitening.forward(f, mask);

    assertThat(u.row(0)).containsExactly(u.row(1), within(1e-12));
  }

  /**
   * The quadratic of the filled row is that of the observed features' own Gaussian: with two of
   * three missing, v₁² / Σ₁₁, where Σ = (A Aᵀ)⁻¹ = A⁻ᵀ A⁻¹ and Σ₁₁ = Σ_j A₁ⱼ² / n_j² = 1/81 +
   * 16/1296 + 1/5.0625.
   */
  @Test
  void filledRowHasTheMarginalDistance() {
    Rows f = Rows.copyOf(new double[][] {{4, 0, 0}});
    Mask mask = Mask.all(1, 3);
    mask.miss(0, 1);
    mask.miss(0, 2);

    double[] u = whitening.forward(f, mask).row(0);

    double distance = u[0] * u[0] + u[1] * u[1] + u[2] * u[2];
    assertThat(distance).isCloseTo(9 / (1 / 81.0 + 16 / 1296.0 + 1 / 5.0625), within(1e-10));
  }

  @Test
  void fillsEachRowByItsOwnPattern() {
    Rows f = Rows.copyOf(new double[][] {{2, 0, 2.5}, {0, -1, 2.5}, {2, 0, 2.5}});
    Mask mask = Mask.all(3, 3);
    mask.miss(0, 1);
    mask.miss(1, 0);
    mask.miss(2, 1);

    Rows u = whitening.forward(f, mask);

    assertThat(u.row(2)).containsExactly(u.row(0));
    assertThat(u.row(1)).isNotEqualTo(u.row(0));
  }

  @Test
  void rejectsWhatIsNoWhitening() {
    assertThatThrownBy(() -> Whitening.of(new double[2], new double[3]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("found 2 and 3");
    assertThatThrownBy(() -> Whitening.of(new double[1], new double[] {Double.NaN}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not finite");
    assertThatThrownBy(() -> Whitening.of(new double[2], new double[] {1, 1, 0, 1}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not orthogonal");
    assertThatThrownBy(() -> Whitening.of(new double[2], new double[] {1, 0, 0, 0}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("one is zero");
  }
}
