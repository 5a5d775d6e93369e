package dev.elbow.trainer.mixture;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.CholeskyDecomposition_F64;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/**
 * Finds the covariance of Gaussians around rows under which every row is likeliest, told by all the
 * others: expectation maximisation of the leave-one-out likelihood.
 *
 * <p>A row must not explain itself, or the likeliest Gaussians would have no width at all.
 * Equations (73) and (74) of {@code docs/math.md}.
 *
 * <p>Sources: Habbema, Hermans and van den Broek 1974, and Duin 1976, "On the choice of smoothing
 * parameters for Parzen estimators of probability density functions", for the likelihood; Dempster,
 * Laird and Rubin 1977 for its ascent.
 */
final class SharedCovariance {

  /** Later rounds change the covariance by less than another choice of rows does. */
  private static final int ROUNDS = 20;

  /** Where it starts: a deviation of 0.3 in every sensor. */
  private static final double START = 0.09;

  /** The least deviation in any direction, the one that decoders have by default. */
  static final double LEAST_SIGMA = 0.2;

  private static final double LN_2PI = Math.log(2 * Math.PI);

  private final DMatrixRMaj x;

  /**
   * @param x n×D, rows; shared, not modified
   */
  SharedCovariance(DMatrixRMaj x) {
    this.x = x;
  }

  /** S after {@value #ROUNDS} rounds, D×D; where it starts if there are fewer than two rows. */
  DMatrixRMaj fit() {
    DMatrixRMaj s = start();
    for (int round = 0; round < ROUNDS && x.numRows > 1; round++) {
      s = regularized(step(s));
    }
    return s;
  }

  DMatrixRMaj start() {
    DMatrixRMaj s = CommonOps_DDRM.identity(x.numCols);
    CommonOps_DDRM.scale(START, s);
    return s;
  }

  /**
   * One round without regularisation.
   *
   * @param s D×D; not modified
   */
  DMatrixRMaj step(DMatrixRMaj s) {
    DMatrixRMaj r = responsibilities(s);
    DMatrixRMaj sums = CommonOps_DDRM.sumCols(r, null);
    CommonOps_DDRM.add(sums, 1); // of the rows of R
    DMatrixRMaj weighted = x.copy();
    CommonOps_DDRM.multRows(sums.data, weighted);
    // (73)  S = 1/n (Xᵀ diag(R 1 + Rᵀ 1) X − Xᵀ R X − Xᵀ Rᵀ X)
    DMatrixRMaj scatter = new DMatrixRMaj(x.numCols, x.numCols);
    CommonOps_DDRM.multTransA(x, weighted, scatter);
    DMatrixRMaj rx = new DMatrixRMaj(x.numRows, x.numCols);
    CommonOps_DDRM.mult(r, x, rx);
    DMatrixRMaj cross = new DMatrixRMaj(x.numCols, x.numCols);
    CommonOps_DDRM.multTransA(x, rx, cross);
    CommonOps_DDRM.subtractEquals(scatter, cross);
    CommonOps_DDRM.transpose(cross);
    CommonOps_DDRM.subtractEquals(scatter, cross);
    CommonOps_DDRM.scale(1.0 / x.numRows, scatter);
    return scatter;
  }

  /** ln r_ij by rows, r_ij ∝ exp(−½ (x_i − x_j)ᵀ S⁻¹ (x_i − x_j)), r_ii = 0, made r_ij. */
  private DMatrixRMaj responsibilities(DMatrixRMaj s) {
    DMatrixRMaj r = exponents(s);
    for (int i = 0; i < x.numRows; i++) {
      double logSum = logSumOfRow(r, i);
      for (int j = 0; j < x.numRows; j++) {
        r.set(i, j, Math.exp(r.get(i, j) - logSum));
      }
    }
    return r;
  }

  /** −½ (x_i − x_j)ᵀ S⁻¹ (x_i − x_j), n×n; −∞ on the diagonal. */
  private DMatrixRMaj exponents(DMatrixRMaj s) {
    DMatrixRMaj white = new DMatrixRMaj(x.numRows, x.numCols);
    CommonOps_DDRM.mult(x, whitening(s), white);
    DMatrixRMaj products = new DMatrixRMaj(x.numRows, x.numRows);
    CommonOps_DDRM.multTransB(white, white, products);
    double[] squares = new double[x.numRows];
    for (int i = 0; i < squares.length; i++) {
      squares[i] = products.get(i, i);
    }
    for (int i = 0; i < squares.length; i++) {
      for (int j = 0; j < squares.length; j++) {
        double distance = Math.max(0, squares[i] + squares[j] - 2 * products.get(i, j));
        products.set(i, j, i == j ? Double.NEGATIVE_INFINITY : -0.5 * distance);
      }
    }
    return products;
  }

  private static double logSumOfRow(DMatrixRMaj exponents, int i) {
    double largest = Double.NEGATIVE_INFINITY;
    for (int j = 0; j < exponents.numCols; j++) {
      largest = Math.max(largest, exponents.get(i, j));
    }
    double sum = 0;
    for (int j = 0; j < exponents.numCols; j++) {
      sum += Math.exp(exponents.get(i, j) - largest);
    }
    return largest + Math.log(sum);
  }

  /**
   * The mean over the rows of ln 1/(n−1) Σ_{j≠i} N(x_i; x_j, S), in nats.
   *
   * @param s D×D; not modified
   */
  double logLikelihood(DMatrixRMaj s) {
    DMatrixRMaj exponents = exponents(s);
    double sum = 0;
    for (int i = 0; i < x.numRows; i++) {
      sum += logSumOfRow(exponents, i);
    }
    DMatrixRMaj w = whitening(s);
    double logDeterminant = 0;
    for (int d = 0; d < x.numCols; d++) {
      logDeterminant += Math.log(w.get(d, d));
    }
    return sum / x.numRows - Math.log(x.numRows - 1) - 0.5 * x.numCols * LN_2PI + logDeterminant;
  }

  /** (74): drawn towards its diagonal, the more the fewer rows, and with a floor of σ_min². */
  DMatrixRMaj regularized(DMatrixRMaj s) {
    int sensors = s.numCols;
    double alpha = sensors / (double) (sensors + x.numRows);
    DMatrixRMaj drawn = new DMatrixRMaj(sensors, sensors);
    for (int d = 0; d < sensors; d++) {
      for (int e = 0; e < sensors; e++) {
        // (74)  S ← (1 − α) S + α diag S
        drawn.set(d, e, (d == e ? 1 : 1 - alpha) * 0.5 * (s.get(d, e) + s.get(e, d)));
      }
    }
    EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(sensors, true, true);
    if (!eigen.decompose(drawn)) {
      throw new IllegalStateException("mixture: the eigenvectors did not converge");
    }
    DMatrixRMaj halves = new DMatrixRMaj(sensors, sensors);
    for (int j = 0; j < sensors; j++) {
      double variance = Math.max(LEAST_SIGMA * LEAST_SIGMA, eigen.getEigenvalue(j).getReal());
      DMatrixRMaj vector = eigen.getEigenVector(j);
      for (int d = 0; d < sensors; d++) {
        halves.set(d, j, Math.sqrt(variance) * vector.get(d, 0));
      }
    }
    DMatrixRMaj floored = new DMatrixRMaj(sensors, sensors);
    CommonOps_DDRM.multTransB(halves, halves, floored);
    return floored;
  }

  /** W = L⁻ᵀ of S = L Lᵀ, upper triangular: the rows of X W have the covariance I around x. */
  static DMatrixRMaj whitening(DMatrixRMaj s) {
    DMatrixRMaj inverse = new DMatrixRMaj(s.numCols, s.numCols);
    if (!CommonOps_DDRM.invert(lower(s), inverse)) {
      throw new IllegalStateException("mixture: the covariance has no inverse");
    }
    CommonOps_DDRM.transpose(inverse);
    return inverse;
  }

  /** L of S = L Lᵀ. */
  static DMatrixRMaj lower(DMatrixRMaj s) {
    CholeskyDecomposition_F64<DMatrixRMaj> cholesky =
        DecompositionFactory_DDRM.chol(s.numCols, true);
    if (!cholesky.decompose(s.copy())) {
      throw new IllegalStateException("mixture: the covariance is not positive definite");
    }
    return cholesky.getT(null);
  }
}
