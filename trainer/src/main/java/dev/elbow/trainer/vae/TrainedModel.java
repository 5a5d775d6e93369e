package dev.elbow.trainer.vae;

import dev.elbow.row.FrontEnd;
import dev.elbow.score.Draws;
import dev.elbow.score.MeanNegativeElbo;
import dev.elbow.score.WeightedMixture;
import java.util.List;
import java.util.Optional;

/**
 * All that gives a score, as a training found it.
 *
 * @param frontEnd from an entity's rows to model rows
 * @param members the trained autoencoders, at least one, all of one shape
 * @param mixture beside them, of single rows; empty if they are alone
 * @param draws the fixed draws of the score
 */
public record TrainedModel(
    FrontEnd frontEnd,
    List<TrainedMember> members,
    Optional<WeightedMixture> mixture,
    Draws draws) {

  /** Copies the list. */
  public TrainedModel {
    members = List.copyOf(members);
  }

  /** Its score, in double precision. */
  public MeanNegativeElbo negativeElbo() {
    return frontEnd.negativeElbo(
        members.stream().map(member -> member.negativeElbo(draws)).toList(), mixture);
  }
}
