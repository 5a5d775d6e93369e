package dev.elbow.trainer.vae;

/**
 * The loss of a minibatch, split as it adds up; each a mean over rows, in nats.
 *
 * @param reconstruction −E[log p_θ(x|z)], may be negative: a density can exceed 1
 * @param kl KL(q_φ(z|x) ‖ N(0, I)), at least 0 up to rounding
 */
public record Loss(double reconstruction, double kl) {

  /** The negative ELBO. */
  public double total() {
    return reconstruction + kl;
  }
}
