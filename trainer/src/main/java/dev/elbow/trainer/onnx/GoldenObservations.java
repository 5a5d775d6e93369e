package dev.elbow.trainer.onnx;

import dev.elbow.bundle.Golden;
import dev.elbow.bundle.Golden.GoldenObservation;
import dev.elbow.row.RowTransform;
import dev.elbow.score.Draws;
import dev.elbow.score.ElboScores;
import dev.elbow.score.Mask;
import dev.elbow.score.Rows;
import dev.elbow.trainer.vae.TrainedMember;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Chooses the observations that a bundle carries to prove itself, and scores them in double. */
public final class GoldenObservations {

  /** Where among the held-out scores the golden ones lie: typical ones and the strangest. */
  private static final double[] QUANTILES = {0, 0.25, 0.5, 0.75, 1};

  private GoldenObservations() {}

  /**
   * A handful of held-out observations: from the least strange to the strangest, and the middle one
   * again with every other value missing; its first stays, so that there is something to score.
   *
   * @param values one array per observation, D values in engineering units, NaN = missing
   * @param scores their scores, in nats, finite, in the same order
   * @throws IllegalArgumentException if there is none or the two differ in number
   */
  public static List<double[]> choose(List<double[]> values, double[] scores) {
    if (values.isEmpty() || values.size() != scores.length) {
      throw new IllegalArgumentException(
          "golden observations: expected as many scores as observations and at least one, found %d and %d"
              .formatted(scores.length, values.size()));
    }
    int[] byScore =
        IntStream.range(0, scores.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> scores[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    List<double[]> chosen = new ArrayList<>();
    Arrays.stream(QUANTILES)
        .mapToInt(quantile -> (int) Math.round(quantile * (byScore.length - 1)))
        .distinct()
        .forEach(rank -> chosen.add(values.get(byScore[rank]).clone()));
    chosen.add(everyOtherMissing(values.get(byScore[byScore.length / 2])));
    return chosen;
  }

  private static double[] everyOtherMissing(double[] values) {
    double[] some = values.clone();
    boolean stays = true;
    for (int d = 0; d < some.length; d++) {
      if (!Double.isNaN(some[d])) {
        some[d] = stays ? some[d] : Double.NaN;
        stays = !stays;
      }
    }
    return some;
  }

  /** The observations with their scores, and how far ONNX Runtime may be from them. */
  static Golden score(
      List<TrainedMember> members,
      RowTransform transform,
      Draws draws,
      List<double[]> observations) {
    Rows x = Rows.zeros(observations.size(), transform.features());
    Mask mask = Mask.all(observations.size(), transform.features());
    for (int i = 0; i < observations.size(); i++) {
      transform.write(observations.get(i), x, mask, i);
    }
    ElboScores scores = TrainedMember.negativeElbo(members, draws).score(x, mask);
    List<GoldenObservation> golden = new ArrayList<>();
    for (int i = 0; i < observations.size(); i++) {
      golden.add(
          new GoldenObservation(
              boxed(observations.get(i)),
              scores.score(i),
              scores.reconstruction(i),
              scores.kl(i),
              boxed(scores.contributions().row(i))));
    }
    return new Golden(tolerance(members, draws, x, mask), golden);
  }

  /** The widest of any row: an error in the mean is at most the mean of the members' errors. */
  private static double tolerance(List<TrainedMember> members, Draws draws, Rows x, Mask mask) {
    double[] ofRow = new double[x.count()];
    for (TrainedMember member : members) {
      ElboScores scores = member.negativeElbo(draws).score(x, mask);
      var tolerance = new Float32Tolerance(member, mask);
      for (int i = 0; i < ofRow.length; i++) {
        ofRow[i] += tolerance.ofScore(scores, i) / members.size();
      }
    }
    return Arrays.stream(ofRow).max().orElseThrow();
  }

  private static List<Double> boxed(double[] values) {
    return Arrays.stream(values).boxed().toList();
  }
}
