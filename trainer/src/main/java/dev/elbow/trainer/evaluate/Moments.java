package dev.elbow.trainer.evaluate;

import dev.elbow.score.Rows;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * Mean and covariance of rows.
 *
 * @param mean 1×D
 * @param covariance D×D, divided by N − 1
 */
record Moments(DMatrixRMaj mean, DMatrixRMaj covariance) {

  /**
   * @param x N×D, N at least 2; not modified
   * @throws IllegalArgumentException if there are fewer than two rows
   */
  static Moments of(Rows x) {
    if (x.count() < 2) {
      throw new IllegalArgumentException(
          "baseline: expected two rows to fit to, found " + x.count());
    }
    DMatrixRMaj mean = new DMatrixRMaj(1, x.columns());
    CommonOps_DDRM.sumCols(DMatrixRMaj.wrap(x.count(), x.columns(), x.values()), mean);
    CommonOps_DDRM.divide(mean, x.count());

    DMatrixRMaj centred = centred(x, mean);
    DMatrixRMaj covariance = new DMatrixRMaj(x.columns(), x.columns());
    CommonOps_DDRM.multTransA(1.0 / (x.count() - 1), centred, centred, covariance);
    return new Moments(mean, covariance);
  }

  /** Rows less the mean, N×D, as a new matrix. */
  DMatrixRMaj centred(Rows x) {
    return centred(x, mean);
  }

  private static DMatrixRMaj centred(Rows x, DMatrixRMaj mean) {
    DMatrixRMaj centred = new DMatrixRMaj(x.count(), x.columns());
    for (int i = 0; i < x.count(); i++) {
      for (int d = 0; d < x.columns(); d++) {
        centred.set(i, d, x.get(i, d) - mean.get(0, d));
      }
    }
    return centred;
  }
}
