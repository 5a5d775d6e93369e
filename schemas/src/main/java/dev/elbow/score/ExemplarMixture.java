package dev.elbow.score;

import java.util.Arrays;

/**
 * A density of single rows without networks: Gaussians of one covariance around exemplars, which
 * stand for rows of the fit, in units in which every sensor looks normal.
 *
 * <pre>
 *   p(u) = Σ_j w_j N(x′(u); E_j, P⁻¹) · Π_d |dx′_d/du_d|,   P = A Aᵀ
 * </pre>
 *
 * <p>Which exemplar a row belongs to is a latent variable of M values whose posterior r is known,
 * so that −ln p(u) is a negative ELBO with no gap: the mean under r of −ln N_j is its
 * reconstruction term and KL(r ‖ w) its KL. It therefore adds up over sensors and is averaged with
 * the autoencoders' scores as these are among themselves. Missing sensors are integrated out
 * exactly.
 *
 * <p>Equations (71), (72), (75) and (76) of {@code docs/math.md}. It never changes and may be used
 * from several threads at once.
 *
 * <p>Sources: Parzen 1962, "On estimation of a probability density function and mode"; Neal and
 * Hinton 1998, "A view of the EM algorithm", for −ln p as the least free energy over posteriors.
 */
public final class ExemplarMixture {

  private static final double WEIGHTS_ROUNDING = 1e-9;

  /** An exemplar with less of the row adds less than a rounding error to its blame. */
  private static final double NEGLIGIBLE = 1e-20;

  private final SensorMaps maps;
  private final Rows exemplars;
  private final double[] weights;
  private final double[] logWeights;
  private final double[] root;
  private final Patterns<ObservedExemplars> marginals;

  /**
   * @param maps of D sensors
   * @param exemplars E, M×D in mapped units, M at least 1, finite; shared, not to be written any
   *     more
   * @param weights w, M of them, positive, 1 in sum; copied
   * @param root A, D×D, row-major, finite and invertible: A Aᵀ is the precision of every Gaussian;
   *     copied
   * @throws IllegalArgumentException if a shape or a number is not as described
   */
  public ExemplarMixture(SensorMaps maps, Rows exemplars, double[] weights, double[] root) {
    requireUsable(maps.sensors(), exemplars, weights, root);
    this.maps = maps;
    this.exemplars = exemplars;
    this.weights = weights.clone();
    this.logWeights = Arrays.stream(weights).map(Math::log).toArray();
    this.root = root.clone();
    double[] p = squareOf(root, maps.sensors());
    double logDeterminant = new CholeskyFactor(maps.sensors(), p.clone()).logDeterminant();
    require(
        Double.isFinite(logDeterminant), "root of the precision: expected an invertible matrix");
    this.marginals =
        new Patterns<>(missing -> new ObservedExemplars(p, logDeterminant, exemplars, missing));
  }

  private static void requireUsable(int sensors, Rows exemplars, double[] weights, double[] root) {
    require(
        exemplars.count() >= 1
            && exemplars.columns() == sensors
            && weights.length == exemplars.count()
            && root.length == (long) sensors * sensors,
        "exemplars are %d×%d with %d weights and a root of %d numbers; expected at least one exemplar, a weight for each and maps and rows of the root for each of %d sensors"
            .formatted(
                exemplars.count(), exemplars.columns(), weights.length, root.length, sensors));
    require(
        Arrays.stream(exemplars.values()).allMatch(Double::isFinite)
            && Arrays.stream(root).allMatch(Double::isFinite),
        "exemplars and root of the precision: expected finite numbers");
    require(
        Arrays.stream(weights).allMatch(w -> w > 0)
            && Math.abs(Arrays.stream(weights).sum() - 1) <= WEIGHTS_ROUNDING,
        "weights of the exemplars: expected positive numbers of sum 1");
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }

  private static double[] squareOf(double[] a, int n) {
    double[] square = new double[n * n];
    for (int d = 0; d < n; d++) {
      for (int e = 0; e <= d; e++) {
        double sum = 0;
        for (int j = 0; j < n; j++) {
          sum += a[d * n + j] * a[e * n + j];
        }
        square[d * n + e] = sum;
        square[e * n + d] = sum;
      }
    }
    return square;
  }

  /**
   * −ln p of the observed sensors of every row, per standard deviation of the fit rows.
   *
   * @param x N×D, model rows; missing cells hold any number; not modified
   * @param mask N×D, which cells were observed
   * @throws IllegalArgumentException if the rows are not D wide
   */
  public MixtureScores score(Rows x, Mask mask) {
    maps.requireWidth(x.columns());
    MixtureScores scores =
        new MixtureScores(Rows.zeros(x.count(), x.columns()), Rows.zeros(x.count(), 1));
    for (int i = 0; i < x.count(); i++) {
      score(x, i, marginals.of(Patterns.missingIn(mask, i)), scores);
    }
    return scores;
  }

  private void score(Rows x, int i, ObservedExemplars gaussians, MixtureScores scores) {
    int[] observed = gaussians.observed();
    double[] row = new double[observed.length];
    for (int k = 0; k < row.length; k++) {
      row[k] = maps.apply(observed[k], x.get(i, observed[k]));
    }
    double[] qRow = new double[row.length];
    double[] halfSquares = new double[weights.length];
    gaussians.distances(row, qRow, halfSquares);
    double logSum = logSum(halfSquares);
    double[] blame = new double[row.length];
    double kl = 0;
    for (int j = 0; j < weights.length; j++) {
      // (76)  ln r_j/w_j = −½ d_j² − ln Σ_l w_l exp(−½ d_l²),  KL = Σ_j r_j ln r_j/w_j
      double logRatio = -halfSquares[j] - logSum;
      double r = weights[j] * Math.exp(logRatio);
      if (!(r < NEGLIGIBLE)) { // NaN must show
        kl += r * logRatio;
        gaussians.blame(j, r, row, qRow, blame);
      }
    }
    scores.kl().set(i, 0, kl);
    for (int k = 0; k < row.length; k++) {
      int d = observed[k];
      double jacobian = maps.logJacobian(d, x.get(i, d));
      scores.contributions().set(i, d, blame[k] + gaussians.constant(k) - jacobian);
    }
  }

  /** ln Σ_j w_j exp(−½ d_j²), with the largest exponent taken out of the sum. */
  private double logSum(double[] halfSquares) {
    double largest = Double.NEGATIVE_INFINITY;
    for (int j = 0; j < halfSquares.length; j++) {
      largest = Math.max(largest, logWeights[j] - halfSquares[j]);
    }
    double sum = 0;
    for (int j = 0; j < halfSquares.length; j++) {
      sum += Math.exp(logWeights[j] - halfSquares[j] - largest);
    }
    return largest + Math.log(sum);
  }

  /** Number of exemplars, M. */
  public int count() {
    return exemplars.count();
  }

  /** Number of sensors, D. */
  public int sensors() {
    return maps.sensors();
  }

  /** From model rows to the exemplars' units. */
  public SensorMaps maps() {
    return maps;
  }

  /** E, M×D; shared, not to be written. */
  public Rows exemplars() {
    return exemplars;
  }

  /** w, the weights: a copy. */
  public double[] weights() {
    return weights.clone();
  }

  /** A, D×D, row-major: a copy. */
  public double[] root() {
    return root.clone();
  }
}
