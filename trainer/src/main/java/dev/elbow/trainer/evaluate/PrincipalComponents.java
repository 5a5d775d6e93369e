package dev.elbow.trainer.evaluate;

import dev.elbow.score.Rows;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/**
 * Principal component analysis as process monitoring uses it: T² says how far a row lies out within
 * the plane of the leading components, Q how far off that plane.
 *
 * <pre>
 *   C = V Λ Vᵀ,   t = (x − m) V_k
 *   T² = Σ_k t_k² / λ_k                 (Hotelling)
 *   Q  = ‖x − m‖² − Σ_k t_k²            (squared prediction error)
 * </pre>
 *
 * <p>The plane has the fewest components that carry {@value #VARIANCE} of the variance. Source:
 * Jackson and Mudholkar 1979, "Control procedures for residuals associated with principal component
 * analysis", Technometrics 21(3).
 */
final class PrincipalComponents {

  /** Share of the variance that the components carry. */
  static final double VARIANCE = 0.95;

  private final Moments moments;
  private final DMatrixRMaj components;
  private final double[] variances;

  private PrincipalComponents(Moments moments, DMatrixRMaj components, double[] variances) {
    this.moments = moments;
    this.components = components;
    this.variances = variances;
  }

  /**
   * Fits mean and components.
   *
   * @param x N×D, standardised normal rows, N at least 2; not modified
   * @throws IllegalArgumentException if there are fewer than two rows or a value is not finite
   */
  static PrincipalComponents fit(Rows x) {
    Moments moments = Moments.of(x);
    EigenDecomposition_F64<DMatrixRMaj> eigen =
        DecompositionFactory_DDRM.eig(x.columns(), true, true);
    if (!eigen.decompose(moments.covariance().copy())) {
      throw new IllegalArgumentException("PCA: the covariance has no eigenvectors");
    }
    int[] descending =
        IntStream.range(0, x.columns())
            .boxed()
            .sorted(Comparator.comparingDouble((Integer k) -> -variance(eigen, k)))
            .mapToInt(Integer::intValue)
            .toArray();
    int kept = keptOf(eigen, descending);
    DMatrixRMaj components = new DMatrixRMaj(x.columns(), kept);
    double[] variances = new double[kept];
    for (int k = 0; k < kept; k++) {
      variances[k] = variance(eigen, descending[k]);
      CommonOps_DDRM.insert(eigen.getEigenVector(descending[k]), components, 0, k);
    }
    return new PrincipalComponents(moments, components, variances);
  }

  /** Rounding may leave a variance of nothing just below 0. */
  private static double variance(EigenDecomposition_F64<DMatrixRMaj> eigen, int k) {
    return Math.max(0, eigen.getEigenvalue(k).getReal());
  }

  private static int keptOf(EigenDecomposition_F64<DMatrixRMaj> eigen, int[] descending) {
    double total = IntStream.of(descending).mapToDouble(k -> variance(eigen, k)).sum();
    double carried = 0;
    int kept = 0;
    while (carried < VARIANCE * total) {
      carried += variance(eigen, descending[kept++]);
    }
    return kept;
  }

  /** How many components are kept, in [0, D]. */
  int kept() {
    return variances.length;
  }

  /**
   * T² of each row. No component that is kept has a variance of 0: they are kept in descending
   * order until enough variance is carried.
   *
   * @param x N×D; not modified
   */
  double[] hotelling(Rows x) {
    DMatrixRMaj t = projected(moments.centred(x));
    double[] scores = new double[x.count()];
    for (int i = 0; i < x.count(); i++) {
      for (int k = 0; k < variances.length; k++) {
        scores[i] += t.get(i, k) * t.get(i, k) / variances[k];
      }
    }
    return scores;
  }

  /**
   * Q of each row: the length of its residual, which rounds better than the difference above; 0
   * where all D components are kept.
   *
   * @param x N×D; not modified
   */
  double[] residual(Rows x) {
    double[] scores = new double[x.count()];
    if (variances.length == x.columns()) {
      return scores;
    }
    DMatrixRMaj residual = moments.centred(x);
    DMatrixRMaj t = projected(residual);
    CommonOps_DDRM.multAddTransB(-1, t, components, residual);
    for (int i = 0; i < x.count(); i++) {
      for (int d = 0; d < x.columns(); d++) {
        scores[i] += residual.get(i, d) * residual.get(i, d);
      }
    }
    return scores;
  }

  private DMatrixRMaj projected(DMatrixRMaj centred) {
    DMatrixRMaj t = new DMatrixRMaj(centred.numRows, variances.length);
    CommonOps_DDRM.mult(centred, components, t);
    return t;
  }
}
