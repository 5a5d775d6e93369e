package dev.elbow.score;

import java.util.List;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;

/**
 * The mean of the negative ELBOs of several autoencoders, the members of a model; with one member,
 * its negative ELBO itself.
 *
 * <p>It is a bound again: by Jensen's inequality it is at least −log p(x) under the mixture of the
 * members in equal parts. Contributions and KL are means over the members and add up as each
 * member's do.
 *
 * <p>Equation (49) of {@code docs/math.md}.
 */
public final class MeanNegativeElbo {

  private final List<NegativeElbo> members;

  /**
   * @param members at least one, all of the same width D
   * @throws IllegalArgumentException if there is none
   */
  public MeanNegativeElbo(List<NegativeElbo> members) {
    if (members.isEmpty()) {
      throw new IllegalArgumentException("members: expected at least one, found none");
    }
    this.members = List.copyOf(members);
  }

  /**
   * Scores a batch. Sigma is the root mean square of the members'.
   *
   * @param x N×D, model rows; missing cells hold any finite number; not modified
   * @param mask N×D, which cells were observed
   * @throws IllegalArgumentException if the widths differ from the members' D
   */
  public ElboScores score(Rows x, Mask mask) {
    if (members.size() == 1) {
      return members.get(0).score(x, mask);
    }
    List<ElboScores> scores = members.stream().map(member -> member.score(x, mask)).toList();
    // (49)  score = 1/M Σ_m score_m, and so for its parts
    Rows sigma = mean(scores, ElboScores::sigma, s -> s * s);
    for (int c = 0; c < sigma.values().length; c++) {
      sigma.values()[c] = Math.sqrt(sigma.values()[c]);
    }
    return new ElboScores(
        mean(scores, ElboScores::contributions, c -> c),
        new Kl(mean(scores, member -> member.kl().total(), kl -> kl), Optional.empty()),
        mean(scores, ElboScores::expected, e -> e),
        sigma);
  }

  private static Rows mean(
      List<ElboScores> scores, Function<ElboScores, Rows> part, DoubleUnaryOperator of) {
    Rows first = part.apply(scores.get(0));
    Rows mean = Rows.zeros(first.count(), first.columns());
    for (ElboScores member : scores) {
      double[] values = part.apply(member).values();
      for (int c = 0; c < values.length; c++) {
        mean.values()[c] += of.applyAsDouble(values[c]) / scores.size();
      }
    }
    return mean;
  }
}
