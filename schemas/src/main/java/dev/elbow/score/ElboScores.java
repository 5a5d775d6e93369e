package dev.elbow.score;

/**
 * The scores of a batch as autoencoders see it, split as they add up: score = Σ_d contribution_d +
 * KL, in nats. A d here is a column of their input: a sensor, or a white coordinate of a window.
 *
 * <p>Equations (37) and (38) of {@code docs/math.md}.
 *
 * @param contributions N×D, each sensor's share of the reconstruction term, in nats; 0 for a sensor
 *     that was missing, not finite where the row is unscorable
 * @param kl the KL term of each row, in nats, and its split over latents if the prior has one
 * @param expected N×D, what the model expected: the mean over the draws of the decoder's means, in
 *     model units
 * @param sigma N×D, how far from it is usual: the standard deviation of the mixture of the draws'
 *     Gaussians, in model units, positive
 * @param slope N×D, the derivative of the reconstruction term by each value of the row, the draws
 *     held; 0 for a sensor that was missing
 * @param curvature N×D, the second derivative likewise
 */
public record ElboScores(
    Rows contributions, Kl kl, Rows expected, Rows sigma, Rows slope, Rows curvature) {

  /** Number of rows, N. */
  public int count() {
    return contributions.count();
  }

  /** The negative ELBO of row {@code i}, in nats; higher is stranger. NaN if unscorable. */
  public double score(int i) {
    return reconstruction(i) + kl(i);
  }

  /** The reconstruction term of row {@code i}, in nats: Σ_d contribution_d. */
  public double reconstruction(int i) {
    return contributions.sumOfRow(i);
  }

  /** The KL term of row {@code i}, in nats. */
  public double kl(int i) {
    return kl.total().get(i, 0);
  }

  /** Whether row {@code i} has a finite score. A row that has not is unscorable, never normal. */
  public boolean scorable(int i) {
    return Double.isFinite(score(i));
  }
}
