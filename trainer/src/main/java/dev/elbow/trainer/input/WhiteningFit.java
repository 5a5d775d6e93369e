package dev.elbow.trainer.input;

import dev.elbow.input.InvalidInputException;
import dev.elbow.score.Mask;
import dev.elbow.score.Rows;
import dev.elbow.score.Whitening;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/**
 * Finds the whitening of feature rows: the eigenvectors of their covariance over the square roots
 * of the eigenvalues with a ridge.
 *
 * <p>The ridge bounds how much is made of directions in which the fit rows hardly vary, be it
 * because they are few or because neighbouring rows are alike: a deviation there is stretched by at
 * most 1/√ridge. Equation (51) of {@code docs/math.md}.
 */
public final class WhiteningFit {

  /**
   * Here the matrix is 32 MB of a bundle, whose files may have 64, its eigenvectors take minutes,
   * and a row costs 4 million products.
   */
  public static final int MOST_FEATURES = 2048;

  private WhiteningFit() {}

  /**
   * Fits the whitening to the rows of the fit alone: rows that also set the threshold would look
   * more usual than any to come.
   *
   * @param f N×F, N at least 2; not modified
   * @param mask N×F; a missing cell counts as the mean of its column
   * @param ridge r, in squared standard deviations, positive
   * @throws InvalidInputException if there are more than {@link #MOST_FEATURES} features
   * @throws IllegalArgumentException if there are fewer than two rows or the ridge is not positive
   */
  public static Whitening fit(Rows f, Mask mask, double ridge) {
    int features = f.columns();
    if (features > MOST_FEATURES) {
      throw new InvalidInputException(
          "whitening: %d features, at most %d; give a shorter --window, leave sensors out with"
                  .formatted(features, MOST_FEATURES)
              + " --ignore, or judge single rows with --window rows");
    }
    if (f.count() < 2 || !(ridge > 0)) {
      throw new IllegalArgumentException(
          "whitening: expected at least 2 rows and a positive ridge, found %d and %s"
              .formatted(f.count(), ridge));
    }
    double[] center = means(f, mask);
    EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(features, true, true);
    if (!eigen.decompose(covariance(f, mask, center))) {
      throw new IllegalStateException("whitening: the eigenvectors did not converge");
    }
    return Whitening.of(center, matrix(eigen, features, ridge));
  }

  private static double[] means(Rows f, Mask mask) {
    double[] means = new double[f.columns()];
    for (int d = 0; d < means.length; d++) {
      double sum = 0;
      int observed = 0;
      for (int i = 0; i < f.count(); i++) {
        if (mask.observed(i, d)) {
          sum += f.get(i, d);
          observed++;
        }
      }
      means[d] = observed == 0 ? 0 : sum / observed;
    }
    return means;
  }

  private static DMatrixRMaj covariance(Rows f, Mask mask, double[] center) {
    DMatrixRMaj centred = new DMatrixRMaj(f.count(), f.columns());
    for (int i = 0; i < f.count(); i++) {
      for (int d = 0; d < f.columns(); d++) {
        centred.set(i, d, mask.observed(i, d) ? f.get(i, d) - center[d] : 0);
      }
    }
    DMatrixRMaj covariance = new DMatrixRMaj(f.columns(), f.columns());
    CommonOps_DDRM.multTransA(1.0 / f.count(), centred, centred, covariance);
    return covariance;
  }

  // (51) A = E diag(λ + r)^−½
  private static double[] matrix(
      EigenDecomposition_F64<DMatrixRMaj> eigen, int features, double ridge) {
    double[] a = new double[features * features];
    for (int j = 0; j < features; j++) {
      double variance = Math.max(0, eigen.getEigenvalue(j).getReal());
      DMatrixRMaj vector = eigen.getEigenVector(j);
      for (int d = 0; d < features; d++) {
        a[d * features + j] = vector.get(d, 0) / Math.sqrt(variance + ridge);
      }
    }
    return a;
  }
}
