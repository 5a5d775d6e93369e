package dev.elbow.trainer.mixture;

import dev.elbow.score.ExemplarMixture;
import dev.elbow.score.Imputation;
import dev.elbow.score.Rows;
import dev.elbow.score.SensorMaps;
import dev.elbow.score.Squash;
import dev.elbow.score.VariationalModel;
import dev.elbow.score.WeightedMixture;
import dev.elbow.trainer.data.ModelRows;
import dev.elbow.trainer.prior.ExemplarClusters;
import dev.elbow.trainer.prior.ExemplarSelection;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.Optional;
import java.util.SplittableRandom;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * Finds an exemplar mixture for the rows of a fit: maps of the sensors, then one covariance, then
 * exemplars, the centres of the rows' clusters in units of that covariance.
 *
 * <p>Equation (72) of {@code docs/math.md}. The rows of the fit are their own exemplars and score
 * far too well by it: a threshold must come from rows that were held out.
 */
public final class MixtureFit {

  /** Sets the mixture's stream apart from those of the split, the fits and the draws. */
  private static final long STREAM = 0x313_7e5L;

  /** Of so many rows each is told by the others: twice as many give the same covariance. */
  private static final int COVARIANCE_ROWS = 1000;

  /** With more sensors there are fewer rows: rows² · sensors stay below this. */
  private static final double COVARIANCE_COST = 1e8;

  /** More than these are not clustered, but drawn from: the clusters would be the same ones. */
  private static final int CLUSTERED_ROWS = 20_000;

  /** With many sensors there are fewer: rows · sensors stay below this. */
  private static final int CLUSTERED_NUMBERS = 2_000_000;

  private final MixtureSettings settings;
  private final SplittableRandom random;

  private MixtureFit(MixtureSettings settings, long seed) {
    this.settings = settings;
    this.random = new SplittableRandom(seed ^ STREAM);
  }

  /**
   * Fits.
   *
   * @param fit rows of the fit as the networks see them, at least one
   * @param model which fills their missing cells by what it expects there, within the range of what
   *     was observed of the sensor
   * @param squash that the rows went through
   * @param seed of the run
   * @return empty if none is wanted
   */
  public static Optional<WeightedMixture> fit(
      ModelRows fit, VariationalModel model, Squash squash, MixtureSettings settings, long seed) {
    return settings.isPresent()
        ? Optional.of(
            new WeightedMixture(
                settings.weight(), new MixtureFit(settings, seed).fit(fit, model, squash)))
        : Optional.empty();
  }

  private ExemplarMixture fit(ModelRows fit, VariationalModel model, Squash squash) {
    SensorMaps maps = SensorMapFit.fit(fit.x(), fit.mask(), squash);
    Rows mapped = maps.apply(filled(fit, model));
    DMatrixRMaj s = new SharedCovariance(some(mapped, covarianceRows(mapped.columns()))).fit();
    DMatrixRMaj root = SharedCovariance.whitening(s);
    DMatrixRMaj rows = some(mapped, Math.min(CLUSTERED_ROWS, CLUSTERED_NUMBERS / mapped.columns()));
    DMatrixRMaj white = new DMatrixRMaj(rows.numRows, rows.numCols);
    CommonOps_DDRM.mult(rows, root, white);
    double[] ones = new double[rows.numCols];
    Arrays.fill(ones, 1);
    ExemplarClusters clusters =
        ExemplarClusters.of(
            Rows.of(white.numRows, white.numCols, white.data), ones, settings.exemplars(), random);
    // (72)  h² = 1 + 1/D Σ_k c_k²,  A = L⁻ᵀ / h
    double spread = clusters.variances().stream().mapToDouble(c -> c).average().orElseThrow();
    CommonOps_DDRM.scale(1 / Math.sqrt(1 + spread), root);
    return new ExemplarMixture(
        maps,
        unwhitened(clusters.centers(), SharedCovariance.lower(s)),
        clusters.weights().stream().mapToDouble(w -> w).toArray(),
        root.data);
  }

  /** A network may expect anything; never what lies beyond all that was seen of a sensor. */
  private static Rows filled(ModelRows fit, VariationalModel model) {
    Rows filled = Imputation.fill(model, fit.x(), fit.mask());
    for (int d = 0; d < filled.columns(); d++) {
      DoubleSummaryStatistics seen = new DoubleSummaryStatistics();
      for (int i = 0; i < filled.count(); i++) {
        if (fit.mask().observed(i, d)) {
          seen.accept(fit.x().get(i, d));
        }
      }
      for (int i = 0; i < filled.count(); i++) {
        if (!fit.mask().observed(i, d)) {
          filled.set(i, d, Math.max(seen.getMin(), Math.min(seen.getMax(), filled.get(i, d))));
        }
      }
    }
    return filled;
  }

  private static int covarianceRows(int sensors) {
    return Math.min(COVARIANCE_ROWS, (int) Math.sqrt(COVARIANCE_COST / sensors));
  }

  private DMatrixRMaj some(Rows rows, int most) {
    int[] chosen = ExemplarSelection.choose(rows.count(), most, random);
    DMatrixRMaj some = new DMatrixRMaj(chosen.length, rows.columns());
    for (int i = 0; i < chosen.length; i++) {
      System.arraycopy(rows.row(chosen[i]), 0, some.data, i * rows.columns(), rows.columns());
    }
    return some;
  }

  /** E = C W⁻¹ = C Lᵀ. */
  private static Rows unwhitened(Rows centers, DMatrixRMaj lower) {
    DMatrixRMaj c = DMatrixRMaj.wrap(centers.count(), centers.columns(), centers.values());
    DMatrixRMaj exemplars = new DMatrixRMaj(centers.count(), centers.columns());
    CommonOps_DDRM.multTransB(c, lower, exemplars);
    return Rows.of(centers.count(), centers.columns(), exemplars.data);
  }
}
