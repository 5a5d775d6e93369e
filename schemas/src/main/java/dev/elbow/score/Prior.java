package dev.elbow.score;

/**
 * The prior p(z) in the score: what its KL term measures the posterior against. Training always
 * uses the standard normal.
 *
 * <p>Whatever the prior, the term is KL(q(z|x) ‖ p(z)) or an upper bound on it, so the score stays
 * an upper bound on −log p(x).
 */
public sealed interface Prior permits StandardNormal, ExemplarPrior {

  /**
   * The KL term of every row.
   *
   * @param q N×K, the posteriors; not modified
   * @return N rows, in nats, at least 0 up to rounding; NaN where the posterior is not finite
   * @throws IllegalArgumentException if the prior has another width than K
   */
  Kl kl(DiagonalGaussian q);
}
