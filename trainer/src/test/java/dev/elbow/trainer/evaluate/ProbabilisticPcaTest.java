package dev.elbow.trainer.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.elbow.score.Mask;
import dev.elbow.score.Rows;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;

class ProbabilisticPcaTest {

  /** Two ways of computing one number in double precision. */
  private static final Offset<Double> ROUNDING = within(1e-10);

  private static final double NO_FLOOR = 1e-12;

  /**
   * Four rows ±√3.6 u₁, ±√0.4 u₂ with u₁ = (1, 1)/√2 and u₂ = (1, −1)/√2 have mean 0 and the
   * eigenvalues 1.8 and 0.2. So σ² = 0.2 and W = √(1.8 − 0.2) u₁ = (√0.8, √0.8).
   */
  @Test
  void isAsWorkedOutByHand() {
    ProbabilisticPca pca = ProbabilisticPca.fit(byHand(), Mask.all(4, 2), 1, NO_FLOOR);

    assertThat(pca.mean().data).containsExactly(new double[] {0, 0}, ROUNDING);
    assertThat(pca.noiseVariance()).isCloseTo(0.2, ROUNDING);
    assertThat(Arrays.stream(pca.loadings().data).map(Math::abs).toArray())
        .containsExactly(new double[] {Math.sqrt(0.8), Math.sqrt(0.8)}, ROUNDING);
  }

  private static Rows byHand() {
    double a = Math.sqrt(1.8);
    double b = Math.sqrt(0.2);
    return Rows.copyOf(new double[][] {{a, a}, {-a, -a}, {b, -b}, {-b, b}});
  }

  @Test
  void likelihoodIsThatOfTheGaussianItStandsFor() {
    Rows x = correlated(200, 6, 1);
    Mask mask = Mask.all(200, 6);
    ProbabilisticPca pca = ProbabilisticPca.fit(x, mask, 2, NO_FLOOR);

    double[] nats = pca.negativeLogLikelihood(x, mask);

    assertThat(nats[17]).isCloseTo(dense(pca, x.row(17), 0, 1, 2, 3, 4, 5), ROUNDING);
    assertThat(nats[42]).isCloseTo(dense(pca, x.row(42), 0, 1, 2, 3, 4, 5), ROUNDING);
  }

  @Test
  void missingSensorsAreIntegratedOut() {
    Rows x = correlated(200, 6, 1);
    ProbabilisticPca pca = ProbabilisticPca.fit(x, Mask.all(200, 6), 2, NO_FLOOR);
    Mask mask = Mask.all(200, 6);
    mask.miss(3, 1);
    mask.miss(3, 4);
    x.set(3, 1, 1e6);

    double[] nats = pca.negativeLogLikelihood(x, mask);

    assertThat(nats[3]).isCloseTo(dense(pca, x.row(3), 0, 2, 3, 5), ROUNDING);
  }

  @Test
  void rowWithoutAnySensorIsCertain() {
    Rows x = correlated(50, 3, 1);
    ProbabilisticPca pca = ProbabilisticPca.fit(x, Mask.all(50, 3), 2, NO_FLOOR);
    Mask nothing = Mask.all(1, 3);
    nothing.miss(0, 0);
    nothing.miss(0, 1);
    nothing.miss(0, 2);

    assertThat(pca.negativeLogLikelihood(Rows.zeros(1, 3), nothing)[0]).isCloseTo(0, ROUNDING);
  }

  /**
   * Each sensor by itself, standing alone in half of the rows: only the pairs tell of the other.
   */
  @Test
  void missingCellsDoNotBiasTheFit() {
    Rows x = correlated(20_000, 4, 2);
    Mask mask = Mask.all(20_000, 4);
    SplittableRandom random = new SplittableRandom(3);
    for (int c = 0; c < 20_000; c++) {
      mask.miss(c, random.nextInt(4));
    }

    ProbabilisticPca whole = ProbabilisticPca.fit(x, Mask.all(20_000, 4), 2, NO_FLOOR);
    ProbabilisticPca parts = ProbabilisticPca.fit(x, mask, 2, NO_FLOOR);

    assertThat(parts.noiseVariance()).isCloseTo(whole.noiseVariance(), within(0.02));
    assertThat(covariance(parts).data).containsExactly(covariance(whole).data, within(0.05));
  }

  /** Where nothing is discarded the model is the maximum likelihood Gaussian whatever the floor. */
  @Test
  void withAsManyLatentsAsSensorsItIsTheFullGaussian() {
    Rows x = correlated(300, 3, 4);
    Mask mask = Mask.all(300, 3);

    ProbabilisticPca pca = ProbabilisticPca.fit(x, mask, 5, 1e-6);

    DMatrixRMaj covariance = Moments.of(x).covariance();
    CommonOps_DDRM.scale(299.0 / 300, covariance);
    assertThat(pca.loadings().numCols).isEqualTo(3);
    assertThat(covariance(pca).data).containsExactly(covariance.data, ROUNDING);
  }

  /** A sensor that never moves has no finite likelihood but for the floor. */
  @Test
  void constantSensorMeetsTheFloor() {
    Rows x = Rows.copyOf(new double[][] {{1, 5}, {2, 5}, {3, 5}});

    ProbabilisticPca pca = ProbabilisticPca.fit(x, Mask.all(3, 2), 1, 0.04);

    assertThat(pca.noiseVariance()).isEqualTo(0.04);
    assertThat(covariance(pca).data).containsExactly(new double[] {2.0 / 3, 0, 0, 0.04}, ROUNDING);
    assertThat(pca.negativeLogLikelihood(x, Mask.all(3, 2))).doesNotContain(Double.NaN);
  }

  @Test
  void rejectsWhatItCannotBeFittedTo() {
    assertThatThrownBy(() -> ProbabilisticPca.fit(Rows.zeros(0, 2), Mask.all(0, 2), 1, 0.04))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected rows");
    assertThatThrownBy(() -> ProbabilisticPca.fit(byHand(), Mask.all(4, 2), 1, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("floor");
    ProbabilisticPca pca = ProbabilisticPca.fit(byHand(), Mask.all(4, 2), 1, 0.04);
    assertThatThrownBy(() -> pca.negativeLogLikelihood(Rows.zeros(1, 3), Mask.all(1, 3)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected rows of 2");
  }

  /** −log N(x; m, C) of the given sensors, by the inverse and the determinant of C itself. */
  private static double dense(ProbabilisticPca pca, double[] x, int... sensors) {
    DMatrixRMaj all = covariance(pca);
    DMatrixRMaj c = new DMatrixRMaj(sensors.length, sensors.length);
    DMatrixRMaj r = new DMatrixRMaj(sensors.length, 1);
    for (int a = 0; a < sensors.length; a++) {
      r.set(a, 0, x[sensors[a]] - pca.mean().get(0, sensors[a]));
      for (int b = 0; b < sensors.length; b++) {
        c.set(a, b, all.get(sensors[a], sensors[b]));
      }
    }
    DMatrixRMaj inverse = new DMatrixRMaj(sensors.length, sensors.length);
    DMatrixRMaj weighted = new DMatrixRMaj(sensors.length, 1);
    CommonOps_DDRM.invert(c, inverse);
    CommonOps_DDRM.mult(inverse, r, weighted);
    double mahalanobis = CommonOps_DDRM.dot(r, weighted);
    return 0.5
        * (sensors.length * Math.log(2 * Math.PI) + Math.log(CommonOps_DDRM.det(c)) + mahalanobis);
  }

  private static DMatrixRMaj covariance(ProbabilisticPca pca) {
    DMatrixRMaj w = pca.loadings();
    DMatrixRMaj c = CommonOps_DDRM.identity(w.numRows);
    CommonOps_DDRM.scale(pca.noiseVariance(), c);
    CommonOps_DDRM.multAddTransB(w, w, c);
    return c;
  }

  /** Two causes, seen by every sensor in another mixture, and noise. */
  private static Rows correlated(int rows, int sensors, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Rows x = Rows.zeros(rows, sensors);
    for (int i = 0; i < rows; i++) {
      double first = random.nextGaussian();
      double second = random.nextGaussian();
      for (int d = 0; d < sensors; d++) {
        double mixture = Math.cos(d) * first + 0.5 * Math.sin(2 * d + 1) * second;
        x.set(i, d, mixture + 0.3 * random.nextGaussian() + d);
      }
    }
    return x;
  }
}
