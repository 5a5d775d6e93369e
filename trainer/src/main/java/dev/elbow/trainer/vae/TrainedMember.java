package dev.elbow.trainer.vae;

import dev.elbow.score.Draws;
import dev.elbow.score.NegativeElbo;
import dev.elbow.score.Prior;

/**
 * A trained autoencoder and the prior that its score measures against.
 *
 * @param vae the networks
 * @param prior p(z) in the score; the training used N(0, I) whatever it is
 */
public record TrainedMember(Vae vae, Prior prior) {

  /** Its score. */
  public NegativeElbo negativeElbo(Draws draws) {
    return new NegativeElbo(vae, prior, draws);
  }
}
