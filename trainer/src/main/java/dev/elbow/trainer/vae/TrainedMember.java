package dev.elbow.trainer.vae;

import dev.elbow.score.Draws;
import dev.elbow.score.MeanNegativeElbo;
import dev.elbow.score.NegativeElbo;
import dev.elbow.score.Prior;
import dev.elbow.score.Whitening;
import java.util.List;
import java.util.Optional;

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

  /**
   * The score of several.
   *
   * @param whitening what stands before them; empty if they see rows as they are
   */
  public static MeanNegativeElbo negativeElbo(
      Optional<Whitening> whitening, List<TrainedMember> members, Draws draws) {
    return new MeanNegativeElbo(
        whitening, members.stream().map(member -> member.negativeElbo(draws)).toList());
  }
}
