package dev.elbow.score;

import java.util.function.IntFunction;

/**
 * The scores of a batch as autoencoders see it, split as they add up: score = reconstruction + KL
 * and reconstruction = Σ_d contribution_d, in nats; and for each row, when asked, its {@linkplain
 * RowTerms terms}, which cost more than the score does. Of most rows nobody asks.
 *
 * <p>It keeps what it was made from in memory. Equations (37) and (38) of {@code docs/math.md}.
 */
public final class ElboScores {

  private final double[] reconstruction;
  private final Kl kl;
  private final IntFunction<RowTerms> terms;

  /**
   * @param reconstruction the reconstruction term of each of N rows, in nats, not finite where the
   *     row is unscorable; kept
   * @param kl the KL term of each row, in nats, and its split over latents if the prior has one
   * @param terms of a row, arrays that nobody else holds; its contributions sum up to the row's
   *     reconstruction term
   * @throws IllegalArgumentException if the two differ in the number of rows
   */
  public ElboScores(double[] reconstruction, Kl kl, IntFunction<RowTerms> terms) {
    if (reconstruction.length != kl.total().count()) {
      throw new IllegalArgumentException(
          "reconstruction is of %d rows, KL of %d"
              .formatted(reconstruction.length, kl.total().count()));
    }
    this.reconstruction = reconstruction;
    this.kl = kl;
    this.terms = terms;
  }

  /** Number of rows, N. */
  public int count() {
    return reconstruction.length;
  }

  /** The negative ELBO of row {@code i}, in nats; higher is stranger. NaN if unscorable. */
  public double score(int i) {
    return reconstruction(i) + kl(i);
  }

  /** The reconstruction term of row {@code i}, in nats: Σ_d contribution_d. */
  public double reconstruction(int i) {
    return reconstruction[i];
  }

  /** The KL term of row {@code i}, in nats. */
  public double kl(int i) {
    return kl.total().get(i, 0);
  }

  /** The KL term of each row, in nats, and its split over latents if the prior has one. */
  public Kl kl() {
    return kl;
  }

  /** What row {@code i}'s reconstruction term is made of; worked out at every call. */
  public RowTerms terms(int i) {
    return terms.apply(i);
  }

  /** Whether row {@code i} has a finite score. A row that has not is unscorable, never normal. */
  public boolean scorable(int i) {
    return Double.isFinite(score(i));
  }
}
