package dev.elbow.alarm;

/**
 * The exponentially weighted moving average of one entity's scores: a fault that lasts stays
 * visible, a score that is high by chance does not.
 *
 * <pre>
 *   s₁ = score₁,   s_t = s_{t−1} + α (score_t − s_{t−1})
 * </pre>
 *
 * <p>The state is one number, the last smoothed score, or {@link #NONE} before the first. A row
 * without a score leaves it alone: such a row says nothing of how strange the machine is. The mean
 * age of what the average holds is 1/α − 1 rows. Equation (41) of {@code docs/math.md}.
 *
 * <p>Source: Roberts 1959, "Control chart tests based on geometric moving averages".
 *
 * @param alpha α, the weight of the newest score, in (0, 1]; 1 does not smooth
 */
public record Smoothing(double alpha) {

  /** The state of an entity of which nothing has been scored yet. */
  public static final double NONE = Double.NaN;

  /** No smoothing: the smoothed score is the score, to the last bit. */
  public static final Smoothing OFF = new Smoothing(1);

  /** For series: what the average holds is nine rows old on average. */
  public static final Smoothing SERIES = new Smoothing(0.1);

  /**
   * @throws IllegalArgumentException if alpha is not in (0, 1]
   */
  public Smoothing {
    Rule.check(alpha > 0 && alpha <= 1, "smoothing alpha: expected a number in (0, 1]", alpha);
  }

  /**
   * The smoothed score after one more row, which is the state for the next.
   *
   * @param smoothed the state before, or {@link #NONE}
   * @param score the row's score, in nats; a row without one has NaN or an infinity
   * @return in nats, finite, or {@link #NONE} while nothing has been scored
   */
  public double next(double smoothed, double score) {
    if (!Double.isFinite(score)) {
      return smoothed;
    }
    if (Double.isNaN(smoothed) || alpha == 1) {
      return score;
    }
    // (41) s_t = s_{t−1} + α (score_t − s_{t−1})
    return smoothed + alpha * (score - smoothed);
  }
}
