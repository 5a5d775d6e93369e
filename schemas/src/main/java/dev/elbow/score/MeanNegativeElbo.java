package dev.elbow.score;

import java.util.List;
import java.util.Optional;

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
   * @param x N×F, model rows before whitening; missing cells hold any finite number; not modified,
   *     and kept for as long as the scores are
   * @param mask N×F, which cells were observed; kept likewise
   * @throws IllegalArgumentException if the widths differ from the members'
   */
  public SensorScores score(Rows x, Mask mask) {
    if (windows.isPresent()) {
      Windows of = windows.get();
      Rows u = of.whitening().forward(x, mask);
      return of.blame().of(mean(members, u, Mask.all(u.count(), u.columns())), mask);
    }
    ElboScores networks = mean(members, x, mask);
    ElboScores perDeviation =
        squash.map(undone -> withJacobian(networks, undone, x, mask)).orElse(networks);
    return SensorScores.ofRows(
        mixture.map(part -> weighted(perDeviation, part, x, mask)).orElse(perDeviation));
  }

  /** −log p per standard deviation is −log p per model unit plus ln du/dx of every sensor. */
  private static ElboScores withJacobian(ElboScores networks, Squash squash, Rows x, Mask mask) {
    double[] reconstruction = new double[x.count()];
    for (int i = 0; i < reconstruction.length; i++) {
      reconstruction[i] = networks.reconstruction(i) + logJacobian(squash, x, mask, i);
    }
    return new ElboScores(
        reconstruction,
        networks.kl(),
        i -> {
          RowTerms terms = networks.terms(i);
          for (int d = 0; d < x.columns(); d++) {
            terms.contributions()[d] += logJacobian(squash, x, mask, i, d);
          }
          return terms;
        });
  }

  /** (35): Σ_d o_d max(0, |x_d| − c), in nats. */
  private static double logJacobian(Squash squash, Rows x, Mask mask, int i) {
    double sum = 0;
    for (int d = 0; d < x.columns(); d++) {
      double nats = logJacobian(squash, x, mask, i, d);
      if (nats > 0) { // hardly ever: to add 0 would take longer than to ask
        sum += nats;
      }
    }
    return sum;
  }

  /** (35): o_d max(0, |x_d| − c), in nats. */
  private static double logJacobian(Squash squash, Rows x, Mask mask, int i, int d) {
    double nats = squash.logSlopeOfInverse(x.get(i, d));
    return nats > 0 && mask.observed(i, d) ? nats : 0;
  }

  /** (77): score = (1 − π) 1/M Σ_m score_m + π score of the mixture, and so for its parts. */
  private static ElboScores weighted(ElboScores networks, WeightedMixture part, Rows x, Mask mask) {
    MixtureScores mixture = part.mixture().score(x, mask);
    double weight = part.weight();
    double[] reconstruction = new double[x.count()];
    Rows kl = Rows.zeros(x.count(), 1);
    for (int i = 0; i < reconstruction.length; i++) {
      double ofMixture = mixture.contributions().sumOfRow(i);
      reconstruction[i] = (1 - weight) * networks.reconstruction(i) + weight * ofMixture;
      kl.set(i, 0, (1 - weight) * networks.kl(i) + weight * mixture.kl().get(i, 0));
    }
    return new ElboScores(
        reconstruction,
        new Kl(kl, Optional.empty()),
        i -> {
          RowTerms terms = networks.terms(i);
          double[] contributions = terms.contributions();
          for (int d = 0; d < contributions.length; d++) {
            contributions[d] =
                (1 - weight) * contributions[d] + weight * mixture.contributions().get(i, d);
          }
          return terms;
        });
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
    double[] reconstruction = new double[x.count()];
    Rows kl = Rows.zeros(x.count(), 1);
    for (int i = 0; i < reconstruction.length; i++) {
      for (ElboScores member : scores) {
        reconstruction[i] += member.reconstruction(i) / scores.size();
        kl.set(i, 0, kl.get(i, 0) + member.kl(i) / scores.size());
      }
    }
    return new ElboScores(
        reconstruction,
        new Kl(kl, Optional.empty()),
        i -> RowTerms.mean(scores.stream().map(member -> member.terms(i)).toList()));
  }

  private static void requireMembers(List<NegativeElbo> members) {
    if (members.isEmpty()) {
      throw new IllegalArgumentException("members: expected at least one, found none");
    }
  }
}
