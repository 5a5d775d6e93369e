package dev.elbow.trainer.evaluate;

import java.util.stream.IntStream;

/**
 * How well scores put anomalous rows above normal ones, at all thresholds at once.
 *
 * <p>Rows with equal scores cross a threshold together, in both measures: neither depends on the
 * order of the rows.
 */
public final class Ranking {

  /** Scores of all rows, the strangest first, with the number anomalous and normal at each. */
  private final int[] anomalousAtStep;

  private final int[] normalAtStep;
  private final long anomalous;
  private final long normal;

  private Ranking(int[] anomalousAtStep, int[] normalAtStep) {
    this.anomalousAtStep = anomalousAtStep;
    this.normalAtStep = normalAtStep;
    this.anomalous = IntStream.of(anomalousAtStep).asLongStream().sum();
    this.normal = IntStream.of(normalAtStep).asLongStream().sum();
  }

  /**
   * Ranks rows.
   *
   * @param scores higher is stranger, not NaN; not modified
   * @param anomalous the label of each; not modified
   * @throws IllegalArgumentException if a score is NaN or the rows are not of both classes
   */
  public static Ranking of(double[] scores, boolean[] anomalous) {
    Steps steps = Steps.descending(scores);
    int[] positive = new int[steps.count()];
    int[] negative = new int[steps.count()];
    for (int step = 0; step < steps.count(); step++) {
      for (int i : steps.rows(step)) {
        positive[step] += anomalous[i] ? 1 : 0;
        negative[step] += anomalous[i] ? 0 : 1;
      }
    }
    Ranking ranking = new Ranking(positive, negative);
    if (ranking.anomalous == 0 || ranking.normal == 0) {
      throw new IllegalArgumentException(
          "ranking: expected normal and anomalous rows, found %d and %d"
              .formatted(ranking.normal, ranking.anomalous));
    }
    return ranking;
  }

  /**
   * The area under the receiver operating characteristic, in [0, 1], 0.5 for scores that say
   * nothing: the probability that an anomalous row scores above a normal one, equal scores counting
   * half (Mann and Whitney 1947; Hanley and McNeil 1982).
   *
   * <pre>
   *   AUC-ROC = (1/(P N)) Σ_{i anomalous} Σ_{j normal} ( 1[s_i > s_j] + ½ 1[s_i = s_j] )
   * </pre>
   */
  public double aucRoc() {
    double wins = 0;
    long normalBelow = normal;
    for (int step = 0; step < anomalousAtStep.length; step++) {
      normalBelow -= normalAtStep[step];
      wins += anomalousAtStep[step] * (normalBelow + 0.5 * normalAtStep[step]);
    }
    return wins / anomalous / normal;
  }

  /**
   * The area under the precision-recall curve as average precision, in (0, 1], the share of
   * anomalous rows for scores that say nothing. It is a sum, not a trapezoid: precision does not
   * run straight between two thresholds (Davis and Goadrich 2006).
   *
   * <pre>
   *   AUC-PR = Σ_t (R_t − R_{t−1}) P_t     over the distinct scores t, descending
   * </pre>
   */
  public double aucPr() {
    double area = 0;
    long found = 0;
    long flagged = 0;
    for (int step = 0; step < anomalousAtStep.length; step++) {
      found += anomalousAtStep[step];
      flagged += anomalousAtStep[step] + normalAtStep[step];
      area += (double) anomalousAtStep[step] / anomalous * found / flagged;
    }
    return area;
  }
}
