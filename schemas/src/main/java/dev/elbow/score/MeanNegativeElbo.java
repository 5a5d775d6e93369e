package dev.elbow.score;

import java.util.List;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;

/**
 * The mean of the negative ELBOs of several autoencoders, the members of a model; with one member,
 * its negative ELBO itself. Of single rows it is one of standardised values, with the squash undone
 * in it, and an {@link ExemplarMixture} may have a say in it.
 *
 * <p>It is a bound again: by Jensen's inequality it is at least −log p under the mixture of the
 * members in these parts. Contributions and KL are means over the members and add up as each
 * member's do.
 *
 * <p>Equations (35), (49) and (77) of {@code docs/math.md}.
 */
public final class MeanNegativeElbo {

  private final Optional<Windows> windows;
  private final Optional<Squash> squash;
  private final Optional<WeightedMixture> mixture;
  private final List<NegativeElbo> members;

  private MeanNegativeElbo(
      Optional<Windows> windows,
      Optional<Squash> squash,
      Optional<WeightedMixture> mixture,
      List<NegativeElbo> members) {
    this.windows = windows;
    this.squash = squash;
    this.mixture = mixture;
    requireMembers(members);
    this.members = List.copyOf(members);
  }

  /**
   * What stands before and after the autoencoders of windows.
   *
   * @param whitening before them
   * @param blame after them, of the same features
   */
  private record Windows(Whitening whitening, WindowBlame blame) {}

  /**
   * The score of single rows, per standard deviation of each sensor.
   *
   * @param squash that the rows went through
   * @param members at least one, all of the same width
   * @param mixture of the same width; empty if the autoencoders are alone
   * @throws IllegalArgumentException if there is no member
   */
  public static MeanNegativeElbo ofRows(
      Squash squash, List<NegativeElbo> members, Optional<WeightedMixture> mixture) {
    return new MeanNegativeElbo(Optional.empty(), Optional.of(squash), mixture, members);
  }

  /**
   * The score of windows, per unit of the white coordinates.
   *
   * @param whitening what stands before the autoencoders
   * @param sensors whose windows they are, D, of which the whitening's features are a multiple
   * @param members at least one, all of the same width, which is the whitening's
   * @throws IllegalArgumentException if there is none, or the features are no multiple of D
   */
  public static MeanNegativeElbo ofWindows(
      Whitening whitening, int sensors, List<NegativeElbo> members) {
    return new MeanNegativeElbo(
        Optional.of(new Windows(whitening, new WindowBlame(whitening, sensors))),
        Optional.empty(),
        Optional.empty(),
        members);
  }

  /**
   * Scores a batch. What was expected and sigma are the autoencoders' alone, sigma the root mean
   * square of theirs.
   *
   * @param x N×F, model rows before whitening; missing cells hold any finite number; not modified
   * @param mask N×F, which cells were observed; kept for as long as the scores are
   * @throws IllegalArgumentException if the widths differ from the members'
   */
  public SensorScores score(Rows x, Mask mask) {
    if (windows.isPresent()) {
      Windows of = windows.get();
      Rows u = of.whitening().forward(x, mask);
      return of.blame().of(mean(members, u, Mask.all(u.count(), u.columns())), mask);
    }
    ElboScores networks = mean(members, x, mask);
    squash.ifPresent(undone -> addJacobian(undone, x, mask, networks.contributions()));
    return SensorScores.ofRows(
        mixture.map(part -> weighted(networks, part, x, mask)).orElse(networks));
  }

  /** −log p per standard deviation is −log p per model unit plus ln du/dx of every sensor. */
  private static void addJacobian(Squash squash, Rows x, Mask mask, Rows contributions) {
    for (int i = 0; i < x.count(); i++) {
      for (int d = 0; d < x.columns(); d++) {
        // (35)  + o_d max(0, |x_d| − c)
        double nats = squash.logSlopeOfInverse(x.get(i, d));
        if (nats > 0 && mask.observed(i, d)) {
          contributions.set(i, d, contributions.get(i, d) + nats);
        }
      }
    }
  }

  private static ElboScores weighted(ElboScores networks, WeightedMixture part, Rows x, Mask mask) {
    MixtureScores mixture = part.mixture().score(x, mask);
    // (77)  score = (1 − π) 1/M Σ_m score_m + π score of the mixture, and so for its parts
    return new ElboScores(
        weighted(networks.contributions(), mixture.contributions(), part.weight()),
        new Kl(weighted(networks.kl().total(), mixture.kl(), part.weight()), Optional.empty()),
        networks.expected(),
        networks.sigma(),
        networks.slope(),
        networks.curvature());
  }

  private static Rows weighted(Rows networks, Rows mixture, double weight) {
    Rows both = Rows.zeros(networks.count(), networks.columns());
    for (int c = 0; c < both.values().length; c++) {
      both.values()[c] = (1 - weight) * networks.values()[c] + weight * mixture.values()[c];
    }
    return both;
  }

  /**
   * The mean over autoencoders, of their input as it is: (49).
   *
   * @param members at least one, all of the same width
   * @param x N×F, as they see it
   * @param mask N×F
   * @throws IllegalArgumentException if there is no member or the widths differ from theirs
   */
  public static ElboScores mean(List<NegativeElbo> members, Rows x, Mask mask) {
    requireMembers(members);
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

  private static void requireMembers(List<NegativeElbo> members) {
    if (members.isEmpty()) {
      throw new IllegalArgumentException("members: expected at least one, found none");
    }
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
