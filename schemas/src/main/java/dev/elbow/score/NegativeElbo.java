package dev.elbow.score;

import java.util.Arrays;

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
 * <p>Equations (4), (8), (13), (35) and (37) of {@code docs/math.md}; what a sensor costs, (9), is
 * in {@link Reconstruction}.
 *
 * <p>Sources: Kingma and Welling 2014 (arXiv 1312.6114), eq. 3 and appendix B; the restriction of
 * the reconstruction to the observed sensors is the M-ELBO of Xu et al. 2018 (arXiv 1802.03903),
 * eq. 3 without its scaling of the prior term.
 */
public final class NegativeElbo {

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
   * @param x N×D, model rows; missing cells hold any finite number; not modified, and kept for as
   *     long as the scores are
   * @param mask N×D, which cells were observed; kept likewise
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
    return draws.count() == 1 ? ofOneDraw(x, mask, q) : ofSeveralDraws(x, mask, q);
  }

  /**
   * The terms of a row are worked out when asked for: of all rows they cost more than the score.
   */
  private ElboScores ofOneDraw(Rows x, Mask mask, DiagonalGaussian q) {
    DiagonalGaussian p = model.decode(z(q, 0, 1));
    double[] nats = new double[x.count()];
    Reconstruction reconstruction = new Reconstruction(x.columns());
    for (int i = 0; i < nats.length; i++) {
      reconstruction.take(x, mask, i, p, i);
      nats[i] = reconstruction.sum();
    }
    return new ElboScores(nats, prior.kl(q), i -> termsOfOneDraw(x, mask, i, p));
  }

  private static RowTerms termsOfOneDraw(Rows x, Mask mask, int i, DiagonalGaussian p) {
    Reconstruction reconstruction = new Reconstruction(x.columns());
    reconstruction.take(x, mask, i, p, i);
    DrawMeans only = new DrawMeans(1, x.columns());
    only.add(reconstruction);
    return only.terms();
  }

  /** So many draws are too much to keep: the terms of each row are gathered on the way. */
  private ElboScores ofSeveralDraws(Rows x, Mask mask, DiagonalGaussian q) {
    DrawMeans[] means = new DrawMeans[x.count()];
    Arrays.setAll(means, i -> new DrawMeans(draws.count(), x.columns()));
    Reconstruction reconstruction = new Reconstruction(x.columns());
    int together = Math.max(1, DECODED_ROWS / Math.max(1, x.count()));
    for (int first = 0; first < draws.count(); first += together) {
      int end = Math.min(draws.count(), first + together);
      DiagonalGaussian p = model.decode(z(q, first, end));
      for (int a = 0; a < p.mean().count(); a++) { // draw after draw, N rows each
        int i = a % x.count();
        reconstruction.take(x, mask, i, p, a);
        means[i].add(reconstruction);
      }
    }
    double[] nats = Arrays.stream(means).mapToDouble(DrawMeans::reconstruction).toArray();
    return new ElboScores(nats, prior.kl(q), i -> means[i].terms());
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
}
