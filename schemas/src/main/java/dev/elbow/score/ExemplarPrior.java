package dev.elbow.score;

import java.util.Arrays;
import java.util.Optional;

/**
 * A prior that has seen where normal rows lie: a mixture of M Gaussians of one shape, centred on
 * exemplars, which are the posterior means of rows of the fit.
 *
 * <pre>
 *   p(z) = Σ_j w_j N(z; E_j, diag v)
 * </pre>
 *
 * <p>N(0, I) is where the training pulls the posteriors on the whole, but not where they end up: a
 * row whose z lies between the places that normal rows take is stranger than N(0, I) says. KL(q ‖
 * p) has no closed form against a mixture; {@link #kl} is an upper bound that has, exact for one
 * exemplar. It is one number per row and does not split over latents.
 *
 * <p>Equations (46) and (47) of {@code docs/math.md}.
 *
 * <p>Sources: Tomczak and Welling 2018 (arXiv 1705.07120), for the aggregated posterior as the
 * prior that the ELBO asks for; Norouzi, Fleet and Norouzi 2020, "Exemplar VAE" (arXiv 2004.04795),
 * for exemplars of one variance, trained there and put in afterwards here; Hershey and Olsen 2007,
 * "Approximating the Kullback Leibler divergence between Gaussian mixture models", for the
 * variational bound.
 */
public final class ExemplarPrior implements Prior {

  private static final double WEIGHTS_ROUNDING = 1e-9;

  private final Rows exemplars;
  private final double[] weights;
  private final double[] variances;
  private final double[] logWeights;
  private final double[] logVariances;

  /** 1/√v_k. */
  private final double[] precisions;

  /**
   * The exemplars in these units, latent by latent, K×M: a distance is then a plain sum of squares,
   * added up for all exemplars side by side, which a processor does several at a time.
   */
  private final double[] scaled;

  /**
   * ln(2⁻⁵³ / M): all exemplars that are further than this below the nearest one add up to less
   * than rounding does to a sum of at least 1.
   */
  private final double negligible;

  /**
   * @param exemplars E, M×K with M and K at least 1, finite; shared, not to be written any more
   * @param weights w, M of them, positive, 1 in sum; copied
   * @param variances v, K of them, positive and finite; copied
   * @throws IllegalArgumentException if a shape or a number is not as described
   */
  public ExemplarPrior(Rows exemplars, double[] weights, double[] variances) {
    requireUsable(exemplars, weights, variances);
    this.exemplars = exemplars;
    this.weights = weights.clone();
    this.variances = variances.clone();
    this.logWeights = Arrays.stream(weights).map(Math::log).toArray();
    this.logVariances = Arrays.stream(variances).map(Math::log).toArray();
    this.precisions = Arrays.stream(variances).map(v -> 1 / Math.sqrt(v)).toArray();
    this.scaled = new double[exemplars.values().length];
    for (int j = 0; j < exemplars.count(); j++) {
      for (int k = 0; k < precisions.length; k++) {
        scaled[k * exemplars.count() + j] = exemplars.get(j, k) * precisions[k];
      }
    }
    this.negligible = Math.log(0.5 * Math.ulp(1.0) / exemplars.count());
  }

  /** Exemplars of equal weight 1/M. */
  public static ExemplarPrior uniform(Rows exemplars, double[] variances) {
    double[] weights = new double[exemplars.count()];
    Arrays.fill(weights, 1.0 / weights.length);
    return new ExemplarPrior(exemplars, weights, variances);
  }

  private static void requireUsable(Rows exemplars, double[] weights, double[] variances) {
    require(
        exemplars.count() >= 1
            && exemplars.columns() >= 1
            && weights.length == exemplars.count()
            && variances.length == exemplars.columns(),
        "exemplars are %d×%d with %d weights and %d variances; expected at least one exemplar, a weight for each and a variance for each latent"
            .formatted(exemplars.count(), exemplars.columns(), weights.length, variances.length));
    require(
        Arrays.stream(exemplars.values()).allMatch(Double::isFinite),
        "exemplars: expected finite numbers");
    require(
        Arrays.stream(weights).allMatch(w -> w > 0)
            && Math.abs(Arrays.stream(weights).sum() - 1) <= WEIGHTS_ROUNDING,
        "weights of the exemplars: expected positive numbers of sum 1");
    require(
        Arrays.stream(variances).allMatch(v -> v > 0 && Double.isFinite(v)),
        "variances of the exemplars: expected positive numbers, found "
            + Arrays.toString(variances));
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }

  /** {@inheritDoc} An upper bound on the KL, the same whatever the order of the exemplars. */
  @Override
  public Kl kl(DiagonalGaussian q) {
    require(
        q.mean().columns() == latents(),
        "the posterior has %d latents, the exemplars %d".formatted(q.mean().columns(), latents()));
    Rows total = Rows.zeros(q.mean().count(), 1);
    double[] exponents = new double[count()];
    for (int i = 0; i < total.count(); i++) {
      total.set(i, 0, widths(q, i) - logDensity(q, i, exponents));
    }
    return new Kl(total, Optional.empty());
  }

  /**
   * Σ_k ½ (ln v_k + exp(S_k)/v_k − 1 − S_k): how the posterior's widths differ from the exemplars'.
   */
  private double widths(DiagonalGaussian q, int i) {
    double sum = 0;
    for (int k = 0; k < latents(); k++) {
      // (47)  with t = S_k − ln v_k:  ½ (exp t − 1 − t)
      double t = q.logVar().get(i, k) - logVariances[k];
      sum += 0.5 * (Math.expm1(t) - t);
    }
    return sum;
  }

  /**
   * ln Σ_j w_j exp(−½ Σ_k (μ_k − E_jk)²/v_k), at most 0. The largest exponent is taken out of the
   * sum, so that a row far from every exemplar does not underflow to ln 0.
   *
   * @param exponents overwritten, M
   */
  private double logDensity(DiagonalGaussian q, int i, double[] exponents) {
    Arrays.fill(exponents, 0);
    for (int k = 0; k < precisions.length; k++) {
      addSquares(q.mean().get(i, k) * precisions[k], k * exponents.length, exponents);
    }
    double largest = Double.NEGATIVE_INFINITY;
    for (int j = 0; j < exponents.length; j++) {
      exponents[j] = logWeights[j] - 0.5 * exponents[j];
      if (exponents[j] > largest) {
        largest = exponents[j];
      }
    }
    double sum = 0;
    for (double exponent : exponents) {
      double below = exponent - largest;
      // Written so that NaN counts: it makes the row unscorable.
      if (!(below < negligible)) {
        sum += Math.exp(below);
      }
    }
    return largest + Math.log(sum);
  }

  /**
   * Adds (u − E_jk/√v_k)² for every exemplar j, of the latent whose exemplars start at {@code k}.
   */
  private void addSquares(double u, int k, double[] squares) {
    for (int j = 0; j < squares.length; j++) {
      double distance = u - scaled[k + j];
      squares[j] += distance * distance;
    }
  }

  /** Number of exemplars, M. */
  public int count() {
    return exemplars.count();
  }

  /** Width of an exemplar, K. */
  public int latents() {
    return exemplars.columns();
  }

  /** E, M×K; shared, not to be written. */
  public Rows exemplars() {
    return exemplars;
  }

  /** w, the weights: a copy. */
  public double[] weights() {
    return weights.clone();
  }

  /** v, the variances of the latents: a copy. */
  public double[] variances() {
    return variances.clone();
  }
}
