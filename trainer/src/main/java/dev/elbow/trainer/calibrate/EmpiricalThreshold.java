package dev.elbow.trainer.calibrate;

import dev.elbow.bundle.HeldOutScores;
import dev.elbow.bundle.Threshold;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Optional;

/**
 * The conformal quantile of held-out scores: a threshold that a normal observation exceeds with at
 * most the stated probability, whatever the model and the distribution of its scores.
 *
 * <pre>
 *   threshold = s_(k),   k = ⌈(n + 1)(1 − α)⌉,   s_(1) ≤ … ≤ s_(n)
 * </pre>
 *
 * <p>A normal observation that is exchangeable with the held-out rows has a rank that is uniform
 * among n + 1, so it exceeds s_(k) with probability at most (n + 1 − k)/(n + 1) ≤ α; ties make it
 * rarer still. The n + 1 counts the observation itself. The bound holds on average over draws of
 * the held-out rows, and not for a stream that drifts: it is no longer exchangeable with them.
 *
 * <p>With k > n, so many rows cannot show a rate that low. The largest score is then the threshold,
 * which keeps 1/(n + 1), the {@linkplain Threshold#lowestSupportedRate lowest supported rate}, and
 * {@link #warning} says so.
 *
 * <p>Equation (39) of {@code docs/math.md}.
 *
 * <p>Sources: Vovk, Gammerman and Shafer 2005, "Algorithmic Learning in a Random World", section
 * 2.2; Laxhammar and Falkman 2010, "Conformal prediction for distribution-independent anomaly
 * detection in streaming vessel data"; Bates, Candès, Lei, Romano and Sesia 2023, "Testing for
 * outliers with conformal p-values" (arXiv 2104.08279).
 */
public final class EmpiricalThreshold {

  private EmpiricalThreshold() {}

  /**
   * The threshold for a false-alarm rate.
   *
   * @param scores of normal rows that took no part in the fit
   * @param falseAlarmRate α, the share of normal observations that may exceed it, in (0, 1)
   * @throws IllegalArgumentException if the rate is not in (0, 1)
   */
  public static Threshold of(HeldOutScores scores, double falseAlarmRate) {
    if (!(falseAlarmRate > 0 && falseAlarmRate < 1)) {
      throw new IllegalArgumentException(
          "false-alarm rate: expected a number in (0, 1), found " + falseAlarmRate);
    }
    int n = scores.count();
    int k = Math.min(n, rank(n, falseAlarmRate));
    return new Threshold(
        scores.ascending()[k - 1], falseAlarmRate, Threshold.Method.EMPIRICAL, n, 1.0 / (n + 1.0));
  }

  /**
   * k = n + 1 − ⌊(n + 1) α⌋, in 1 to n + 1, with α taken for the decimal number it was written as:
   * in binary 100 · 0.29 falls short of 29.
   */
  private static int rank(int n, double falseAlarmRate) {
    BigDecimal mayExceed = BigDecimal.valueOf(falseAlarmRate).multiply(BigDecimal.valueOf(n + 1L));
    return n + 1 - mayExceed.setScale(0, RoundingMode.FLOOR).intValueExact();
  }

  /**
   * What to tell the user where the held-out rows are too few for the rate that was asked for;
   * empty where they are not.
   */
  public static Optional<String> warning(Threshold threshold) {
    if (threshold.falseAlarmRate() >= threshold.lowestSupportedRate()) {
      return Optional.empty();
    }
    long needed =
        BigDecimal.ONE
                .divide(BigDecimal.valueOf(threshold.falseAlarmRate()), 0, RoundingMode.CEILING)
                .longValueExact()
            - 1;
    return Optional.of(
        String.format(
            Locale.ROOT,
            "a false-alarm rate of %s needs at least %d held-out rows; there are %d, which support"
                + " %.2g at best: the threshold is their largest score",
            threshold.falseAlarmRate(),
            needed,
            threshold.heldOutRows(),
            threshold.lowestSupportedRate()));
  }
}
