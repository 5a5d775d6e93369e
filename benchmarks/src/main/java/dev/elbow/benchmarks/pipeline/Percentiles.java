package dev.elbow.benchmarks.pipeline;

import java.util.Arrays;

/** Many values, and what share of them is below which. */
final class Percentiles {

  private final double[] ascending;

  /**
   * @param values at least one; copied
   */
  Percentiles(double[] values) {
    ascending = values.clone();
    Arrays.sort(ascending);
  }

  /**
   * The smallest value that is not exceeded by at least that share of all.
   *
   * @param share in (0, 1]
   */
  double of(double share) {
    return ascending[Math.max(0, (int) Math.ceil(share * ascending.length) - 1)];
  }
}
