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

  private final Optional<Whitening> whitening;
  private final List<NegativeElbo> members;

  /**
   * The mean over autoencoders that see rows as they are.
   *
   * @param members at least one, all of the same width
   * @throws IllegalArgumentException if there is none
   */
  public MeanNegativeElbo(List<NegativeElbo> members) {
    this(Optional.empty(), members);
  }

  /**
   * The mean over autoencoders that see rows whitened.
   *
   * @param whitening what stands before them; empty if they see rows as they are
   * @param members at least one, all of the same width, which is the whitening's
   * @throws IllegalArgumentException if there is none
   */
  public MeanNegativeElbo(Optional<Whitening> whitening, List<NegativeElbo> members) {
    this.whitening = whitening;
    if (members.isEmpty()) {
      throw new IllegalArgumentException("members: expected at least one, found none");
    }
    this.members = List.copyOf(members);
  }

  /**
   * Scores a batch. Sigma is the root mean square of the members'.
   *
   * @param x N×F, model rows before whitening; missing cells hold any finite number; not modified
   * @param mask N×F, which cells were observed
   * @return told of the columns of {@code x}, whitened or not
   * @throws IllegalArgumentException if the widths differ from the members'
   */
  public ElboScores score(Rows x, Mask mask) {
    if (whitening.isEmpty()) {
      return mean(x, mask);
    }
    Whitening map = whitening.get();
    return map.toFeatures(mean(map.forward(x, mask), Mask.all(x.count(), x.columns())), mask);
  }

  private ElboScores mean(Rows x, Mask mask) {
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
        sigma,
        mean(scores, ElboScores::slope, g -> g),
        mean(scores, ElboScores::curvature, k -> k));
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
