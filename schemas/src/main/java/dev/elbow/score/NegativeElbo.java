package dev.elbow.score;

/**
 * The anomaly score: the negative evidence lower bound L(x) of a row, in nats, larger = stranger.
 *
 * <pre>
 *   L(x) = −E_{z~q(z|x)}[ log p(x|z) ] + KL( q(z|x) ‖ p(z) )  ≥  −log p(x)
 * </pre>
 *
 * <p>This is the only definition in Elbow: training evaluation, calibration, offline scoring and
 * the detector all come here. The sum runs over sensors and over latents, the mean only over the
 * draws; the KL is never clamped, averaged or scaled. The draws are fixed, so the score is a pure
 * function of (model, prior, draws, row).
 *
 * <p>Equations (4), (8), (9), (13), (35), (37) and (38) of {@code docs/math.md}.
 *
 * <p>Sources: Kingma and Welling 2014 (arXiv 1312.6114), eq. 3 and appendix B; the restriction of
 * the reconstruction to the observed sensors is the M-ELBO of Xu et al. 2018 (arXiv 1802.03903),
 * eq. 3 without its scaling of the prior term.
 */
public final class NegativeElbo {

  private static final double LN_2PI = Math.log(2 * Math.PI);

  /**
   * How many rows are decoded at once: the draws of a few rows go through the decoder together,
   * because a call costs more than a row, but never so many that they leave the cache.
   */
  private static final int DECODED_ROWS = 1024;

  private final VariationalModel model;
  private final Prior prior;
  private final Draws draws;

  /**
   * @param model gives q(z|x) and p(x|z)
   * @param prior p(z)
   * @param draws ε_1..ε_S, S×K with the model's K
   * @throws IllegalArgumentException if the draws are not as wide as the model's latent space
   */
  public NegativeElbo(VariationalModel model, Prior prior, Draws draws) {
    if (draws.latents() != model.latents()) {
      throw new IllegalArgumentException(
          "draws are %d wide, the model has %d latents"
              .formatted(draws.latents(), model.latents()));
    }
    this.model = model;
    this.prior = prior;
    this.draws = draws;
  }

  /**
   * Scores a batch.
   *
   * @param x N×D, model rows; missing cells hold any finite number; not modified
   * @param mask N×D, which cells were observed
   * @throws IllegalArgumentException if the widths differ from the model's D
   */
  public ElboScores score(Rows x, Mask mask) {
    if (x.columns() != model.features()
        || mask.columns() != model.features()
        || mask.count() != x.count()) {
      throw new IllegalArgumentException(
          "x is %d×%d and mask %d×%d, the model has %d features"
              .formatted(x.count(), x.columns(), mask.count(), mask.columns(), model.features()));
    }
    DiagonalGaussian q = model.encode(Imputation.fill(model, x, mask));
    if (draws.count() == 1) {
      return ofOneDraw(x, mask, prior.kl(q), model.decode(z(q, 0, 1)));
    }
    Reconstruction reconstruction = new Reconstruction(x, mask);
    int together = Math.max(1, DECODED_ROWS / Math.max(1, x.count()));
    for (int s = 0; s < draws.count(); s += together) {
      int end = Math.min(draws.count(), s + together);
      reconstruction.add(model.decode(z(q, s, end)), end - s);
    }
    return new ElboScores(
        reconstruction.contributions(),
        prior.kl(q),
        reconstruction.expected(),
        reconstruction.sigma(),
        reconstruction.slope(),
        reconstruction.curvature());
  }

  /**
   * The same as {@link Reconstruction} makes of one draw, to the last bit, in one pass and in half
   * of the memory: wide rows take their time on the way to it.
   *
   * @param p overwritten, and part of what is returned
   */
  private static ElboScores ofOneDraw(Rows x, Mask mask, Kl kl, DiagonalGaussian p) {
    Rows contributions = Rows.zeros(x.count(), x.columns());
    Rows slope = Rows.zeros(x.count(), x.columns());
    Rows curvature = Rows.zeros(x.count(), x.columns());
    double[] sigma = p.logVar().values();
    double[] mean = p.mean().values();
    int c = 0;
    for (int i = 0; i < x.count(); i++) {
      for (int d = 0; d < x.columns(); d++, c++) {
        double logVar = sigma[c];
        double s2 = Math.exp(logVar);
        sigma[c] = Math.sqrt(s2);
        if (mask.observed(i, d)) {
          double residual = x.values()[c] - mean[c];
          double precision = 1 / s2;
          contributions.values()[c] = 0.5 * (LN_2PI + logVar + residual * residual * precision);
          slope.values()[c] = residual * precision;
          curvature.values()[c] = precision;
        }
      }
    }
    return new ElboScores(contributions, kl, p.mean(), p.logVar(), slope, curvature);
  }

  /** z_s = μ + σ ⊙ ε_s for the draws from {@code first} up to {@code end}, draw after draw. */
  private Rows z(DiagonalGaussian q, int first, int end) {
    int count = q.mean().count();
    Rows z = Rows.zeros((end - first) * count, q.mean().columns());
    for (int i = 0; i < count; i++) {
      for (int k = 0; k < z.columns(); k++) {
        double mu = q.mean().get(i, k);
        double sigma = Math.exp(0.5 * q.logVar().get(i, k));
        for (int s = first; s < end; s++) {
          z.set((s - first) * count + i, k, mu + sigma * draws.eps().get(s, k));
        }
      }
    }
    return z;
  }

  /** The running means over the draws of −log p(x_d|z_s) and of the decoder's moments. */
  private final class Reconstruction {

    private final Rows x;
    private final Mask mask;
    private final Rows negativeLogLikelihood;
    private final Rows mean;
    private final Rows meanSquared;
    private final Rows variance;
    private final Rows slope;
    private final Rows curvature;

    Reconstruction(Rows x, Mask mask) {
      this.x = x;
      this.mask = mask;
      this.negativeLogLikelihood = Rows.zeros(x.count(), x.columns());
      this.mean = Rows.zeros(x.count(), x.columns());
      this.meanSquared = Rows.zeros(x.count(), x.columns());
      this.variance = Rows.zeros(x.count(), x.columns());
      this.slope = Rows.zeros(x.count(), x.columns());
      this.curvature = Rows.zeros(x.count(), x.columns());
    }

    /**
     * −log p(x_d|z_s) = ½ (ln 2π + S_d + (x_d − m_d)² exp(−S_d)), S = log s².
     *
     * @param p the decoder's answer for some of the draws, draw after draw, N rows each
     * @param drawsTogether how many draws these are
     */
    void add(DiagonalGaussian p, int drawsTogether) {
      for (int row = 0; row < drawsTogether * x.count(); row++) {
        addRow(p, row, row % x.count());
      }
    }

    /** On the arrays themselves: this is where the score's own arithmetic takes its time. */
    private void addRow(DiagonalGaussian p, int row, int i) {
      double weight = 1.0 / draws.count();
      int columns = x.columns();
      for (int d = 0; d < columns; d++) {
        int c = i * columns + d;
        double m = p.mean().values()[row * columns + d];
        double logVar = p.logVar().values()[row * columns + d];
        double s2 = Math.exp(logVar);
        if (mask.observed(i, d)) {
          double residual = x.values()[c] - m;
          double precision = 1 / s2;
          double nats = 0.5 * (LN_2PI + logVar + residual * residual * precision);
          negativeLogLikelihood.values()[c] += weight * nats;
          slope.values()[c] += weight * residual * precision;
          curvature.values()[c] += weight * precision;
        }
        mean.values()[c] += weight * m;
        meanSquared.values()[c] += weight * m * m;
        variance.values()[c] += weight * s2;
      }
    }

    Rows contributions() {
      return negativeLogLikelihood;
    }

    Rows expected() {
      return mean;
    }

    Rows slope() {
      return slope;
    }

    Rows curvature() {
      return curvature;
    }

    /** sqrt(E[s²] + Var[m]) by the law of total variance; rounding may leave Var[m] below 0. */
    Rows sigma() {
      Rows sigma = Rows.zeros(x.count(), x.columns());
      for (int i = 0; i < x.count(); i++) {
        for (int d = 0; d < x.columns(); d++) {
          double m = mean.get(i, d);
          double varianceOfMeans = Math.max(0, meanSquared.get(i, d) - m * m);
          sigma.set(i, d, Math.sqrt(variance.get(i, d) + varianceOfMeans));
        }
      }
      return sigma;
    }
  }
}
