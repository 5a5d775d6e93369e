package dev.elbow.trainer.evaluate;

import dev.elbow.score.Rows;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * The squared Mahalanobis distance from the fit rows, with a ridge that keeps sensors that move as
 * one from dividing by nothing.
 *
 * <pre>
 *   score = (x − m) (C + r I)⁻¹ (x − m)ᵀ
 * </pre>
 */
final class RidgeMahalanobis {

  /** r, in variances of a standardised sensor. */
  static final double RIDGE = 1e-3;

  private final Moments moments;
  private final DMatrixRMaj precision;

  private RidgeMahalanobis(Moments moments, DMatrixRMaj precision) {
    this.moments = moments;
    this.precision = precision;
  }

  /**
   * Fits mean and covariance.
   *
   * @param x N×D, standardised normal rows, N at least 2; not modified
   * @throws IllegalArgumentException if there are fewer than two rows or a value is not finite
   */
  static RidgeMahalanobis fit(Rows x) {
    Moments moments = Moments.of(x);
    DMatrixRMaj ridged = moments.covariance().copy();
    for (int d = 0; d < x.columns(); d++) {
      ridged.add(d, d, RIDGE);
    }
    DMatrixRMaj precision = new DMatrixRMaj(x.columns(), x.columns());
    if (!CommonOps_DDRM.invert(ridged, precision)) {
      throw new IllegalArgumentException("Mahalanobis: the covariance cannot be inverted");
    }
    return new RidgeMahalanobis(moments, precision);
  }

  /**
   * The squared distance of each row.
   *
   * @param x N×D; not modified
   * @return N squared distances, at least 0
   */
  double[] distances(Rows x) {
    DMatrixRMaj centred = moments.centred(x);
    DMatrixRMaj weighted = new DMatrixRMaj(x.count(), x.columns());
    CommonOps_DDRM.mult(centred, precision, weighted);
    CommonOps_DDRM.elementMult(centred, weighted, weighted);
    DMatrixRMaj scores = new DMatrixRMaj(x.count(), 1);
    CommonOps_DDRM.sumRows(weighted, scores);
    return scores.data;
  }
}
