package dev.elbow.trainer.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.elbow.score.Rows;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/**
 * Values from numpy: {@code X = sin(1.3 i + d) + 0.3 cos(2.1 i d + i) + 0.05 sin(7.7 i (d + 1))}
 * for i &lt; 40, d &lt; 4; {@code w, V = np.linalg.eigh(np.cov(X.T))}; three components carry 95 %.
 */
class BaselinesTest {

  private static final Offset<Double> ROUNDING = within(1e-9);

  private static final Rows FIT = fitRows();
  private static final Rows ROWS =
      Rows.copyOf(new double[][] {{1, -2, 0.5, 3}, {0, 0, 0, 0}, {-0.5, 0.25, 4, 1}});

  /** {@code T = (Z - m) @ V[:, :3]; (T**2/w[:3]).sum(1)}. */
  @Test
  void hotellingAgreesWithNumpy() {
    PrincipalComponents pca = PrincipalComponents.fit(FIT);

    assertThat(pca.kept()).isEqualTo(3);
    assertThat(pca.hotelling(ROWS))
        .containsExactly(
            new double[] {99.11513061292891, 0.0037585149526224923, 14.756727390656883}, ROUNDING);
  }

  /** {@code (((Z - m) - T @ V[:, :3].T)**2).sum(1)}. */
  @Test
  void residualAgreesWithNumpy() {
    assertThat(PrincipalComponents.fit(FIT).residual(ROWS))
        .containsExactly(
            new double[] {0.7210839568339596, 2.5009658290907063e-05, 3.547724853440297}, ROUNDING);
  }

  /** {@code np.einsum('id,de,ie->i', Z-m, np.linalg.inv(C + 1e-3*np.eye(4)), Z-m)}. */
  @Test
  void mahalanobisAgreesWithNumpy() {
    assertThat(RidgeMahalanobis.fit(FIT).distances(ROWS))
        .containsExactly(
            new double[] {119.98958756732478, 0.004495864068375244, 122.45250777096904}, ROUNDING);
  }

  @Test
  void largestIsTheLargestDeviationOfOneSensor() {
    assertThat(Baselines.largest(ROWS)).containsExactly(3, 0, 4);
  }

  /** One sensor is one component: nothing is left off the line, and rounding must not be scored. */
  @Test
  void residualIsNothingWhereAllComponentsAreKept() {
    Rows x = Rows.copyOf(new double[][] {{0.1}, {0.7}, {-0.3}});

    assertThat(PrincipalComponents.fit(x).residual(x)).containsOnly(0);
  }

  @Test
  void constantRowsLeaveNoComponentsAndStillScore() {
    PrincipalComponents pca = PrincipalComponents.fit(Rows.zeros(3, 2));
    Rows moved = Rows.copyOf(new double[][] {{3, 4}});

    assertThat(pca.kept()).isZero();
    assertThat(pca.hotelling(moved)).containsExactly(0);
    assertThat(pca.residual(moved)).containsExactly(25);
    assertThat(RidgeMahalanobis.fit(Rows.zeros(3, 2)).distances(moved))
        .containsExactly(new double[] {25_000}, within(1e-6));
  }

  @Test
  void rejectsOneRow() {
    assertThatThrownBy(() -> PrincipalComponents.fit(Rows.zeros(1, 2)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Rows fitRows() {
    Rows x = Rows.zeros(40, 4);
    for (int i = 0; i < 40; i++) {
      for (int d = 0; d < 4; d++) {
        x.set(
            i,
            d,
            Math.sin(1.3 * i + d)
                + 0.3 * Math.cos(2.1 * i * d + i)
                + 0.05 * Math.sin(7.7 * i * (d + 1)));
      }
    }
    return x;
  }
}
