package dev.elbow.trainer.mixture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.junit.jupiter.api.Test;

class SharedCovarianceTest {

  private static final int SENSORS = 3;

  /** Two clouds, in which the second sensor follows the first. */
  private static DMatrixRMaj rows(int count) {
    var random = new SplittableRandom(11);
    DMatrixRMaj x = new DMatrixRMaj(count, SENSORS);
    for (int i = 0; i < count; i++) {
      double first = random.nextGaussian() + (i % 2 == 0 ? 2 : -2);
      x.set(i, 0, first);
      x.set(i, 1, 0.8 * first + 0.3 * random.nextGaussian());
      x.set(i, 2, random.nextGaussian());
    }
    return x;
  }

  @Test
  void everyRoundRaisesTheLeaveOneOutLikelihood() {
    SharedCovariance covariance = new SharedCovariance(rows(80));
    DMatrixRMaj s = covariance.start();
    double before = covariance.logLikelihood(s);
    double first = before;

    for (int round = 0; round < 30; round++) {
      s = covariance.step(s);
      double after = covariance.logLikelihood(s);
      assertThat(after).isGreaterThanOrEqualTo(before - 1e-12);
      before = after;
    }

    assertThat(before).isGreaterThan(first + 0.1);
  }

  /** The matrix products against the sum over pairs that they stand for. */
  @Test
  void oneRoundIsTheWeightedScatterOfPairs() {
    int n = 7;
    DMatrixRMaj x = rows(n);
    DMatrixRMaj scatter = new DMatrixRMaj(SENSORS, SENSORS);
    for (int i = 0; i < n; i++) {
      double[] weights = new double[n];
      double sum = 0;
      for (int j = 0; j < n; j++) {
        weights[j] = i == j ? 0 : Math.exp(-0.5 * squaredDistance(x, i, j) / 0.09);
        sum += weights[j];
      }
      for (int j = 0; j < n; j++) {
        for (int c = 0; c < SENSORS * SENSORS; c++) {
          int d = c / SENSORS;
          int e = c % SENSORS;
          double product = (x.get(i, d) - x.get(j, d)) * (x.get(i, e) - x.get(j, e));
          scatter.set(d, e, scatter.get(d, e) + weights[j] / sum * product / n);
        }
      }
    }
    SharedCovariance covariance = new SharedCovariance(x);

    DMatrixRMaj s = covariance.step(covariance.start());

    for (int c = 0; c < s.data.length; c++) {
      assertThat(s.data[c]).isCloseTo(scatter.data[c], within(1e-10));
    }
  }

  private static double squaredDistance(DMatrixRMaj x, int i, int j) {
    double sum = 0;
    for (int d = 0; d < SENSORS; d++) {
      sum += (x.get(i, d) - x.get(j, d)) * (x.get(i, d) - x.get(j, d));
    }
    return sum;
  }

  /** α = 3/(3 + 9) = ¼: what is beside the diagonal keeps three quarters. */
  @Test
  void drawsTowardsTheDiagonal() {
    DMatrixRMaj s = new DMatrixRMaj(new double[][] {{1, 0.4, 0}, {0.4, 2, 0}, {0, 0, 3}});

    DMatrixRMaj drawn = new SharedCovariance(rows(9)).regularized(s);

    assertThat(drawn.get(0, 1)).isCloseTo(0.3, within(1e-12));
    assertThat(drawn.get(0, 0)).isCloseTo(1, within(1e-12));
    assertThat(drawn.get(2, 2)).isCloseTo(3, within(1e-12));
  }

  @Test
  void keepsAFloorUnderEveryDirection() {
    DMatrixRMaj same = new DMatrixRMaj(50, SENSORS);

    DMatrixRMaj s = new SharedCovariance(same).fit();

    var eigen = DecompositionFactory_DDRM.eig(SENSORS, false, true);
    assertThat(eigen.decompose(s)).isTrue();
    for (int j = 0; j < SENSORS; j++) {
      assertThat(eigen.getEigenvalue(j).getReal()).isCloseTo(0.04, within(1e-12));
    }
  }

  @Test
  void staysWhereItStartsForOneRow() {
    DMatrixRMaj s = new SharedCovariance(rows(1)).fit();

    assertThat(s.get(0, 0)).isEqualTo(0.09);
  }

  @Test
  void whiteningIsARootOfThePrecision() {
    DMatrixRMaj s = new SharedCovariance(rows(60)).fit();
    DMatrixRMaj w = SharedCovariance.whitening(s);

    DMatrixRMaj precision = new DMatrixRMaj(SENSORS, SENSORS);
    CommonOps_DDRM.multTransB(w, w, precision);

    DMatrixRMaj expected = new DMatrixRMaj(SENSORS, SENSORS);
    CommonOps_DDRM.invert(s, expected);
    for (int c = 0; c < expected.data.length; c++) {
      assertThat(precision.data[c]).isCloseTo(expected.data[c], within(1e-9));
    }
  }
}
