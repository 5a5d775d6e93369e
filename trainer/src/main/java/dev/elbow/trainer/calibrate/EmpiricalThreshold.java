package dev.elbow.trainer.calibrate;

import dev.elbow.bundle.Confidence;
import dev.elbow.bundle.Tail;
import dev.elbow.bundle.Threshold;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;
import org.hipparchus.distribution.continuous.BetaDistribution;
import org.hipparchus.distribution.discrete.BinomialDistribution;

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
 * the held-out rows, and not for a stream that drifts: it is no longer exchangeable with them. Over
 * those draws the rate itself is a Beta(n + 1 − k, k) variable, which gives its interval.
 *
 * <p>With k > n, so many rows cannot show a rate that low. The largest score is then the threshold,
 * which keeps 1/(n + 1), the {@linkplain Threshold#lowestSupportedRate lowest supported rate}.
 *
 * <p>Equation (39) of {@code docs/math.md}.
 *
 * <p>Sources: Vovk, Gammerman and Shafer 2005, "Algorithmic Learning in a Random World", section
 * 2.2; Vovk 2012, "Conditional validity of inductive conformal predictors" (arXiv 1209.2673), on
 * the Beta; Laxhammar and Falkman 2010, "Conformal prediction for distribution-independent anomaly
 * detection in streaming vessel data"; Bates, Candès, Lei, Romano and Sesia 2023, "Testing for
 * outliers with conformal p-values" (arXiv 2104.08279).
 */
final class EmpiricalThreshold {

  /** Level of the intervals that go with a threshold. */
  static final double CONFIDENCE = 0.95;

  private static final double LOW = (1 - CONFIDENCE) / 2;

  private EmpiricalThreshold() {}

  /**
   * The threshold for a false-alarm rate.
   *
   * @param falseAlarmRate α, the share of normal observations that may exceed it, in (0, 1)
   * @param worth what a score is worth of an independent one, in (0, 1]
   */
  static Threshold of(CalibrationSample sample, double falseAlarmRate, double worth) {
    int n = sample.count();
    int k = Math.min(n, rank(n, falseAlarmRate));
    double[] ascending = sample.scores().ascending();
    return new Threshold(
        ascending[k - 1],
        falseAlarmRate,
        new Tail.Empirical(),
        confidence(ascending, k, falseAlarmRate, worth),
        n,
        worth * n,
        1 / (worth * n + 1));
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
   * The rate by its Beta distribution. The score by the number X of held-out scores above the one
   * that exactly the rate exceeds, X ~ Binomial(n, α): it lies between s_(n − x) and s_(n − x + 1)
   * for the greatest and the least likely X. Dependent rows count for as many as they are worth.
   */
  private static Confidence confidence(double[] ascending, int k, double rate, double worth) {
    int n = ascending.length;
    BetaDistribution realised = new BetaDistribution(worth * (n + 1 - k), worth * k);
    BinomialDistribution above =
        new BinomialDistribution((int) Math.max(1, Math.floor(worth * n)), rate);
    int most = (int) Math.ceil(above.inverseCumulativeProbability(1 - LOW) / worth);
    int fewest = (int) Math.floor(above.inverseCumulativeProbability(LOW) / worth);
    double from = ascending[Math.max(0, n - 1 - most)];
    return new Confidence(
        CONFIDENCE,
        from,
        fewest > 0
            ? Optional.of(Math.max(from, ascending[Math.min(n - 1, n - fewest)]))
            : Optional.empty(),
        realised.inverseCumulativeProbability(LOW),
        realised.inverseCumulativeProbability(1 - LOW));
  }
}
