package dev.elbow.bundle;

import java.util.Arrays;

/**
 * The scores of rows that were normal and took no part in the fit, sorted: what a score is measured
 * against.
 *
 * <p>Equation (40) of {@code docs/math.md}.
 *
 * <p>Sources: Vovk, Gammerman and Shafer 2005, "Algorithmic Learning in a Random World", section
 * 2.2; Bates, Candès, Lei, Romano and Sesia 2023, "Testing for outliers with conformal p-values"
 * (arXiv 2104.08279), eq. 1.
 */
public final class HeldOutScores {

  private final double[] ascending;

  private HeldOutScores(double[] ascending) {
    this.ascending = ascending;
  }

  /**
   * The given scores, sorted.
   *
   * @param scores in nats, in any order, finite; copied
   * @throws IllegalArgumentException if there is none or one is not finite
   */
  public static HeldOutScores of(double[] scores) {
    double[] ascending = scores.clone();
    Arrays.sort(ascending);
    return new HeldOutScores(checked(ascending));
  }

  /**
   * The conformal p-value of a score.
   *
   * <pre>
   *   p(score) = (#{held-out scores ≥ score} + 1) / (n + 1)
   * </pre>
   *
   * <p>If a normal observation is exchangeable with the held-out rows, p ≤ α happens with
   * probability at most α, whatever the model. The 1 is the observation itself, so p is never 0.
   *
   * @param score in nats; NaN gives NaN
   * @return in [1/(n + 1), 1]
   */
  public double tailProbability(double score) {
    if (Double.isNaN(score)) {
      return Double.NaN;
    }
    return (count() - firstAtLeast(score) + 1.0) / (count() + 1.0);
  }

  /** Index of the first score ≥ the given one; n if all are smaller. */
  private int firstAtLeast(double score) {
    int low = 0;
    int high = ascending.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (ascending[middle] >= score) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  /** How many scores, n. */
  public int count() {
    return ascending.length;
  }

  /** The scores, ascending, in nats: a copy. */
  public double[] ascending() {
    return ascending.clone();
  }

  /** The file's content: little-endian float64, ascending. */
  byte[] toBytes() {
    return Float64.toBytes(ascending);
  }

  /**
   * @throws IllegalArgumentException if the bytes are not finite numbers in ascending order
   */
  static HeldOutScores fromBytes(byte[] bytes) {
    double[] scores = Float64.fromBytes(bytes);
    for (int i = 1; i < scores.length; i++) {
      Rule.check(
          scores[i - 1] <= scores[i],
          "expected ascending scores, found %s before %s".formatted(scores[i - 1], scores[i]));
    }
    return new HeldOutScores(checked(scores));
  }

  private static double[] checked(double[] ascending) {
    Rule.check(ascending.length > 0, "held-out scores: expected at least one, found none");
    for (double score : ascending) {
      Rule.finite("held-out scores", score);
    }
    return ascending;
  }
}
