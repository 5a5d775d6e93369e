package dev.elbow.score;

/**
 * The scores of a batch under an {@link ExemplarMixture}, split as they add up: −ln p = Σ_d
 * contribution_d + KL, in nats. Equation (76) of {@code docs/math.md}.
 *
 * @param contributions N×D, each sensor's share of the reconstruction term, in nats; 0 for a sensor
 *     that was missing, NaN or infinite where the row is unscorable
 * @param kl N×1, KL(r ‖ w), how far the row's exemplars are from those of any row, at least 0 up to
 *     rounding
 */
public record MixtureScores(Rows contributions, Rows kl) {

  /** −ln p of row {@code i}, in nats; higher is stranger. */
  public double score(int i) {
    return contributions.sumOfRow(i) + kl.get(i, 0);
  }

  /** The mean of −ln p over the rows, in nats; NaN if there is none. */
  public double mean() {
    double sum = 0;
    for (int i = 0; i < kl.count(); i++) {
      sum += score(i);
    }
    return sum / kl.count();
  }
}
