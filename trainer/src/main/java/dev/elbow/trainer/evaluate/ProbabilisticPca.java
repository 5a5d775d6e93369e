package dev.elbow.trainer.evaluate;

import dev.elbow.score.Mask;
import dev.elbow.score.Rows;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.decomposition.TriangularSolver_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.CholeskyDecomposition_F64;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/**
 * Probabilistic principal component analysis: the linear Gaussian model with K latents, fitted by
 * maximum likelihood in closed form.
 *
 * <pre>
 *   x = W z + m + noise,   z ~ N(0, I),   noise ~ N(0, σ² I)   ⟹   x ~ N(m, W Wᵀ + σ² I)
 * </pre>
 *
 * <p>It is what a variational autoencoder without hidden layers can at best become (Lucas et al.
 * 2019), and its likelihood is exact, so the distance to it says what the networks bought.
 *
 * <p>σ² has a floor, the same that the autoencoder's decoder has: without it a sensor that never
 * moves would make the likelihood infinite. Under the floor the maximum is the same W for the
 * larger σ².
 *
 * <p>Missing cells: mean and covariance come from the rows in which a sensor, or both of two, were
 * observed, which is maximum likelihood where nothing is missing. The likelihood of a row is that
 * of its observed sensors, the others integrated out exactly.
 *
 * <p>Equations (43) to (45) of {@code docs/math.md}.
 *
 * <p>Sources: Tipping and Bishop 1999, "Probabilistic Principal Component Analysis", Journal of the
 * Royal Statistical Society B 61(3), eqs. 3 to 8; Lucas, Tucker, Grosse and Norouzi 2019 (arXiv
 * 1911.02469).
 */
public final class ProbabilisticPca {

  private static final double LN_2PI = Math.log(2 * Math.PI);

  private final DMatrixRMaj mean;
  private final DMatrixRMaj loadings;
  private final double noiseVariance;

  private ProbabilisticPca(DMatrixRMaj mean, DMatrixRMaj loadings, double noiseVariance) {
    this.mean = mean;
    this.loadings = loadings;
    this.noiseVariance = noiseVariance;
  }

  /**
   * Fits the model.
   *
   * @param x N×D, at least one row; missing cells are not read; not modified
   * @param mask N×D, which cells were observed
   * @param latents K, at least 1; where it exceeds D there are D
   * @param leastNoise floor of σ², positive
   * @throws IllegalArgumentException if there is no row, a number is out of its range, or a value
   *     is not finite
   */
  public static ProbabilisticPca fit(Rows x, Mask mask, int latents, double leastNoise) {
    if (x.count() < 1 || latents < 1 || !(leastNoise > 0)) {
      throw new IllegalArgumentException(
          "probabilistic PCA: expected rows, latents and a positive floor; found %d, %d and %s"
              .formatted(x.count(), latents, leastNoise));
    }
    DMatrixRMaj mean = mean(x, mask);
    EigenDecomposition_F64<DMatrixRMaj> eigen =
        DecompositionFactory_DDRM.eig(x.columns(), true, true);
    if (!eigen.decompose(covariance(x, mask, mean))) {
      throw new IllegalArgumentException("probabilistic PCA: the covariance has no eigenvectors");
    }
    int[] descending =
        IntStream.range(0, x.columns())
            .boxed()
            .sorted(Comparator.comparingDouble((Integer j) -> -variance(eigen, j)))
            .mapToInt(Integer::intValue)
            .toArray();
    int kept = Math.min(latents, x.columns());
    double noise = noiseVariance(eigen, descending, kept, leastNoise);
    return new ProbabilisticPca(mean, loadings(eigen, descending, kept, noise), noise);
  }

  private static double noiseVariance(
      EigenDecomposition_F64<DMatrixRMaj> eigen, int[] descending, int kept, double leastNoise) {
    // (44)  σ² = 1/(D − K) Σ_{j>K} λ_j,   not below its floor
    double discarded =
        IntStream.range(kept, descending.length)
            .mapToDouble(j -> variance(eigen, descending[j]))
            .average()
            .orElse(0);
    return Math.max(leastNoise, discarded);
  }

  private static DMatrixRMaj loadings(
      EigenDecomposition_F64<DMatrixRMaj> eigen, int[] descending, int kept, double noise) {
    DMatrixRMaj w = new DMatrixRMaj(descending.length, kept);
    for (int k = 0; k < kept; k++) {
      // (44)  w_k = (λ_k − σ²)^½ u_k,   0 where σ² is the larger
      DMatrixRMaj u = eigen.getEigenVector(descending[k]);
      double scale = Math.sqrt(Math.max(0, variance(eigen, descending[k]) - noise));
      for (int d = 0; d < w.numRows; d++) {
        w.set(d, k, scale * u.get(d, 0));
      }
    }
    return w;
  }

  private static double variance(EigenDecomposition_F64<DMatrixRMaj> eigen, int j) {
    return eigen.getEigenvalue(j).getReal();
  }

  /** Over the rows in which a sensor was observed; 0 for one that never was. */
  private static DMatrixRMaj mean(Rows x, Mask mask) {
    DMatrixRMaj mean = new DMatrixRMaj(1, x.columns());
    for (int d = 0; d < x.columns(); d++) {
      double sum = 0;
      int observed = 0;
      for (int i = 0; i < x.count(); i++) {
        if (mask.observed(i, d)) {
          sum += x.get(i, d);
          observed++;
        }
      }
      mean.set(0, d, sum / Math.max(1, observed));
    }
    return mean;
  }

  /** Divided by how often both sensors were observed; 0 for two that never were together. */
  private static DMatrixRMaj covariance(Rows x, Mask mask, DMatrixRMaj mean) {
    DMatrixRMaj centred = new DMatrixRMaj(x.count(), x.columns());
    DMatrixRMaj observed = new DMatrixRMaj(x.count(), x.columns());
    for (int i = 0; i < x.count(); i++) {
      for (int d = 0; d < x.columns(); d++) {
        if (mask.observed(i, d)) {
          centred.set(i, d, x.get(i, d) - mean.get(0, d));
          observed.set(i, d, 1);
        }
      }
    }
    DMatrixRMaj covariance = new DMatrixRMaj(x.columns(), x.columns());
    DMatrixRMaj together = new DMatrixRMaj(x.columns(), x.columns());
    CommonOps_DDRM.multInner(centred, covariance);
    CommonOps_DDRM.multInner(observed, together);
    for (int c = 0; c < covariance.getNumElements(); c++) {
      covariance.data[c] /= Math.max(1, together.data[c]);
    }
    return covariance;
  }

  /**
   * How unlikely each row is, exactly.
   *
   * @param x N×D; missing cells are not read; not modified
   * @param mask N×D, which cells were observed
   * @return N numbers in nats: −log p of the row's observed sensors, 0 where there is none
   * @throws IllegalArgumentException if the widths differ from the model's D
   */
  public double[] negativeLogLikelihood(Rows x, Mask mask) {
    if (x.columns() != mean.numCols || mask.columns() != mean.numCols) {
      throw new IllegalArgumentException(
          "probabilistic PCA: expected rows of %d, found %d".formatted(mean.numCols, x.columns()));
    }
    Marginal complete = new Marginal(Mask.all(1, x.columns()), 0);
    double[] nats = new double[x.count()];
    for (int i = 0; i < x.count(); i++) {
      boolean whole = mask.observedIn(i) == x.columns();
      nats[i] = (whole ? complete : new Marginal(mask, i)).negativeLogLikelihood(x, i);
    }
    return nats;
  }

  /** m, 1×D; a copy. */
  public DMatrixRMaj mean() {
    return mean.copy();
  }

  /** W, D×K with orthogonal columns, in the order of the eigenvalues; a copy. */
  public DMatrixRMaj loadings() {
    return loadings.copy();
  }

  /** σ². */
  public double noiseVariance() {
    return noiseVariance;
  }

  /** The Gaussian of the sensors that one row observed. It inverts K×K rather than D×D. */
  private final class Marginal {

    private final int[] sensors;
    private final DMatrixRMaj l;
    private final double logDeterminant;

    Marginal(Mask mask, int row) {
      this.sensors =
          IntStream.range(0, mask.columns()).filter(d -> mask.observed(row, d)).toArray();
      int latents = loadings.numCols;
      DMatrixRMaj w = new DMatrixRMaj(sensors.length, latents);
      for (int o = 0; o < sensors.length; o++) {
        CommonOps_DDRM.extract(loadings, sensors[o], sensors[o] + 1, 0, latents, w, o, 0);
      }
      // M = σ² I + Wᵀ W = L Lᵀ
      DMatrixRMaj m = CommonOps_DDRM.identity(latents);
      CommonOps_DDRM.scale(noiseVariance, m);
      CommonOps_DDRM.multAddTransA(w, w, m);
      CholeskyDecomposition_F64<DMatrixRMaj> cholesky =
          DecompositionFactory_DDRM.chol(latents, true);
      if (!cholesky.decompose(m)) {
        throw new IllegalStateException("σ² I + Wᵀ W is positive definite, yet has no Cholesky");
      }
      this.l = cholesky.getT(null);
      // ln |C| = (n − K) ln σ² + ln |M|
      double logDeterminant = (sensors.length - latents) * Math.log(noiseVariance);
      for (int k = 0; k < latents; k++) {
        logDeterminant += 2 * Math.log(l.get(k, k));
      }
      this.logDeterminant = logDeterminant;
    }

    double negativeLogLikelihood(Rows x, int i) {
      double squares = 0;
      double[] v = new double[loadings.numCols];
      for (int d : sensors) {
        double r = x.get(i, d) - mean.get(0, d);
        squares += r * r;
        for (int k = 0; k < v.length; k++) {
          v[k] += loadings.get(d, k) * r;
        }
      }
      // (45)  ½ (n ln 2π + ln |C| + (rᵀr − vᵀ M⁻¹ v)/σ²),   v = Wᵀ r,   vᵀ M⁻¹ v = ‖L⁻¹ v‖²
      TriangularSolver_DDRM.solveL(l.data, v, v.length);
      double explained = 0;
      for (double y : v) {
        explained += y * y;
      }
      double mahalanobis = (squares - explained) / noiseVariance;
      return 0.5 * (sensors.length * LN_2PI + logDeterminant + mahalanobis);
    }
  }
}
