package dev.elbow.trainer.vae;

import dev.elbow.row.FrontEnd;
import dev.elbow.score.Draws;
import dev.elbow.score.MeanNegativeElbo;
import dev.elbow.score.NegativeElbo;
import dev.elbow.score.Prior;
import dev.elbow.score.WeightedMixture;
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
   * @param frontEnd what stands before them
   * @param mixture beside them; empty if they are alone
   */
  public static MeanNegativeElbo negativeElbo(
      FrontEnd frontEnd,
      List<TrainedMember> members,
      Optional<WeightedMixture> mixture,
      Draws draws) {
    return frontEnd.negativeElbo(
        members.stream().map(member -> member.negativeElbo(draws)).toList(), mixture);
  }
}
