package dev.elbow.benchmarks.reliability;

import java.util.Arrays;

/** How long records took, since somebody last asked. Safe for use by several threads. */
final class Latencies {

  private static final int LONGEST_MS = 60_000;

  private final int[] counts = new int[LONGEST_MS + 1];
  private long total;

  /**
   * Of one interval, in milliseconds; NaN where there was none.
   *
   * @param p50 half of them took no longer
   * @param p99 99 of 100 took no longer
   */
  record Percentiles(double p50, double p99) {}

  synchronized void add(long millis) {
    counts[(int) Math.max(0, Math.min(LONGEST_MS, millis))]++;
    total++;
  }

  /** Those since the last call. */
  synchronized Percentiles take() {
    Percentiles taken = new Percentiles(quantile(0.5), quantile(0.99));
    Arrays.fill(counts, 0);
    total = 0;
    return taken;
  }

  private double quantile(double share) {
    long below = 0;
    for (int millis = 0; millis <= LONGEST_MS; millis++) {
      below += counts[millis];
      if (total > 0 && below >= share * total) {
        return millis;
      }
    }
    return Double.NaN;
  }
}
