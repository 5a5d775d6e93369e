package dev.elbow.score;

/** The lower Cholesky factor L of a small positive definite matrix L Lᵀ. */
final class CholeskyFactor {

  private final int size;
  private final double[] factor;

  /**
   * @param matrix n×n, row-major, symmetric and positive definite; overwritten and kept
   */
  CholeskyFactor(int size, double[] matrix) {
    this.size = size;
    this.factor = matrix;
    for (int k = 0; k < size; k++) {
      for (int l = 0; l <= k; l++) {
        double sum = factor[k * size + l];
        for (int j = 0; j < l; j++) {
          sum -= factor[k * size + j] * factor[l * size + j];
        }
        factor[k * size + l] = k == l ? Math.sqrt(sum) : sum / factor[l * size + l];
      }
    }
  }

  /** (L Lᵀ)⁻¹ b, in place. */
  void solve(double[] b) {
    solveLower(b);
    for (int k = size - 1; k >= 0; k--) {
      for (int l = k + 1; l < size; l++) {
        b[k] -= factor[l * size + k] * b[l];
      }
      b[k] /= factor[k * size + k];
    }
  }

  /** L⁻¹ b, in place. */
  void solveLower(double[] b) {
    for (int k = 0; k < size; k++) {
      for (int l = 0; l < k; l++) {
        b[k] -= factor[k * size + l] * b[l];
      }
      b[k] /= factor[k * size + k];
    }
  }

  /** ln det L Lᵀ; NaN if the matrix was not positive definite. */
  double logDeterminant() {
    double sum = 0;
    for (int k = 0; k < size; k++) {
      sum += 2 * Math.log(factor[k * size + k]);
    }
    return sum;
  }

  int numbers() {
    return factor.length;
  }
}
