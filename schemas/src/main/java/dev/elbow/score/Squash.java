package dev.elbow.score;

/**
 * Keeps a standardised value that lies within the limit and lets it grow only logarithmically
 * beyond: far values stay ordered and finite without drowning every other sensor, as a hard clip or
 * none would.
 *
 * <pre>
 *   f(v) = v                                    for |v| ≤ c
 *   f(v) = sign(v) · (c + ln(1 + |v| − c))      beyond
 * </pre>
 *
 * <p>It is increasing and once continuously differentiable, so it can be undone. Equations (33) and
 * (34) of {@code docs/math.md}.
 *
 * @param limit c, in standard deviations, positive
 */
public record Squash(double limit) {

  /**
   * @throws IllegalArgumentException if the limit is not a positive number
   */
  public Squash {
    if (!(limit > 0) || Double.isInfinite(limit)) {
      throw new IllegalArgumentException("squash limit: expected a positive number: " + limit);
    }
  }

  /** f(v); NaN stays NaN. */
  public double apply(double v) {
    double beyond = Math.abs(v) - limit;
    return beyond <= 0 ? v : Math.copySign(limit + Math.log1p(beyond), v);
  }

  /** f⁻¹(y): the standardised value whose squash is {@code y}. */
  public double invert(double y) {
    double beyond = Math.abs(y) - limit;
    return beyond <= 0 ? y : Math.copySign(limit + Math.expm1(beyond), y);
  }

  /** dv/dy at {@code y}: 1 within the limit, exp(|y| − c) beyond. */
  public double slopeOfInverse(double y) {
    return Math.exp(logSlopeOfInverse(y));
  }

  /**
   * ln dv/dy at {@code y}, at least 0: what a density of y is to be multiplied by, in nats, to be
   * one of v.
   */
  public double logSlopeOfInverse(double y) {
    return Math.max(0, Math.abs(y) - limit);
  }
}
