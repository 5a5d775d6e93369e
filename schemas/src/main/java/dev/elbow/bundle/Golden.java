package dev.elbow.bundle;

import java.util.List;

/**
 * Observations with the scores the trainer gave them in double precision: whoever loads the bundle
 * scores them again first and compares.
 *
 * @param tolerance the largest difference allowed in any of the scores, in nats, positive
 * @param observations at least one
 */
public record Golden(double tolerance, List<GoldenObservation> observations) {

  /**
   * @throws IllegalArgumentException if the tolerance is not a positive number or there is no
   *     observation
   */
  public Golden {
    observations = List.copyOf(observations);
    Rule.check(
        tolerance > 0 && Double.isFinite(tolerance),
        "tolerance: expected a positive number, found " + tolerance);
    Rule.check(!observations.isEmpty(), "observations: expected at least one, found none");
  }

  /**
   * One observation and its score, in nats.
   *
   * @param values W·D, the rows of the window one after another, the oldest first, in engineering
   *     units and the manifest's order; NaN (in the file: null) = missing
   * @param score reconstruction + kl
   * @param reconstruction the sum of the contributions
   * @param kl the KL term
   * @param contributions D, each sensor's share of the reconstruction; 0 where missing
   */
  public record GoldenObservation(
      List<Double> values,
      double score,
      double reconstruction,
      double kl,
      List<Double> contributions) {

    /** What rounding may leave between a sum and its parts, relative to the parts' size. */
    private static final double ROUNDING = 1e-9;

    /**
     * @throws IllegalArgumentException if a number is not finite or the parts do not add up
     */
    public GoldenObservation {
      values = List.copyOf(values);
      contributions = List.copyOf(contributions);
      Rule.check(
          values.stream().noneMatch(value -> value.isInfinite()), "values: found an infinity");
      Rule.finite("score", score);
      Rule.finite("reconstruction", reconstruction);
      Rule.finite("kl", kl);
      Rule.finite("contributions", contributions);
      double size = 1 + kl + contributions.stream().mapToDouble(Math::abs).sum();
      double sum = contributions.stream().mapToDouble(Double::doubleValue).sum();
      Rule.check(
          Math.abs(sum - reconstruction) <= ROUNDING * size
              && Math.abs(reconstruction + kl - score) <= ROUNDING * size,
          "score %s, reconstruction %s, kl %s and contributions (sum %s) do not add up"
              .formatted(score, reconstruction, kl, sum));
    }
  }
}
