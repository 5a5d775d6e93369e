package dev.elbow.score;

/**
 * p(z) = N(0, I), the prior of the training, under which the KL term is a sum over latents.
 *
 * <p>Equation (6) of {@code docs/math.md}; Kingma and Welling 2014 (arXiv 1312.6114), appendix B.
 */
public record StandardNormal() implements Prior {

  /**
   * {@inheritDoc}
   *
   * <p>Written with expm1 so that a posterior close to the prior keeps its digits.
   */
  @Override
  public Kl kl(DiagonalGaussian q) {
    Rows kl = Rows.zeros(q.mean().count(), q.mean().columns());
    for (int i = 0; i < kl.count(); i++) {
      for (int k = 0; k < kl.columns(); k++) {
        // (6)  KL_k = ½ (exp S_k + μ_k² − 1 − S_k)
        double mu = q.mean().get(i, k);
        double logVar = q.logVar().get(i, k);
        kl.set(i, k, 0.5 * (Math.expm1(logVar) - logVar + mu * mu));
      }
    }
    return Kl.sumOf(kl);
  }
}
