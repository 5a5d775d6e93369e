package dev.elbow.score;

import java.util.Arrays;

/**
 * Makes one sensor's standardised values look normal: a straight line from knot to knot, in such a
 * way that quantiles of the fit rows become those of the standard normal, carried on beyond the
 * outermost knots with the outermost slopes.
 *
 * <pre>
 *   y(u) = y_i + g_i (u − q_i),   g_i = (y_{i+1} − y_i) / (q_{i+1} − q_i)
 * </pre>
 *
 * <p>It is increasing, so it only changes the units, and its slope says what a density loses or
 * gains by it. Equation (70) of {@code docs/math.md}.
 *
 * <p>Sources: the marginal part of a Gaussian copula, Sklar 1959; as a model of its own Liu,
 * Lafferty and Wasserman 2009, "The nonparanormal". It never changes.
 */
public final class SensorMap {

  /**
   * So close to a knot, relative to its size, a value lies on it: what undoing the squash may have
   * done to the last digits of a value that is one.
   */
  private static final double ON_A_KNOT = 1e-9;

  /** Knots at least so far apart, relative to their size, are told apart. */
  public static final double APART = 1e-6;

  private final double[] q;
  private final double[] y;
  private final double[] slopes;

  /**
   * @param q the knots, at least two, ascending by at least {@link #APART} · max(1, |q|), finite,
   *     in standard deviations; copied
   * @param y what they become, as many, ascending, finite; copied
   * @throws IllegalArgumentException if the numbers are not as said
   */
  public SensorMap(double[] q, double[] y) {
    if (q.length < 2 || q.length != y.length) {
      throw new IllegalArgumentException(
          "sensor map: expected at least two knots and as many values, found %d and %d"
              .formatted(q.length, y.length));
    }
    this.q = q.clone();
    this.y = y.clone();
    this.slopes = new double[q.length - 1];
    for (int i = 0; i < slopes.length; i++) {
      slopes[i] = (y[i + 1] - y[i]) / (q[i + 1] - q[i]);
      if (!apart(q[i], q[i + 1]) || !(slopes[i] > 0) || Double.isInfinite(slopes[i])) {
        throw new IllegalArgumentException(
            "sensor map: expected finite ascending knots and values, found (%s, %s) and (%s, %s)"
                .formatted(q[i], y[i], q[i + 1], y[i + 1]));
      }
    }
  }

  /** Whether {@code next} lies so far above {@code knot} that it can be the next knot. */
  public static boolean apart(double knot, double next) {
    return next - knot >= APART * Math.max(1, Math.abs(knot)) && Double.isFinite(next - knot);
  }

  /** y(u); NaN stays NaN. */
  public double apply(double u) {
    int i = segment(u);
    return y[i] + slopes[i] * (u - q[i]);
  }

  /**
   * ln dy/du at {@code u}, in nats. On a knot, where a sensor of few values always is, the slope is
   * the mean of those on both sides.
   */
  public double logSlope(double u) {
    int i = segment(u);
    if (i > 0 && isOn(i, u)) {
      return Math.log(0.5 * (slopes[i - 1] + slopes[i]));
    }
    if (i + 1 < slopes.length && isOn(i + 1, u)) {
      return Math.log(0.5 * (slopes[i] + slopes[i + 1]));
    }
    return Math.log(slopes[i]);
  }

  private boolean isOn(int knot, double u) {
    return Math.abs(u - q[knot]) <= ON_A_KNOT * Math.max(1, Math.abs(q[knot]));
  }

  /** Which line u is on; the first and the last have no end. */
  private int segment(double u) {
    int found = Arrays.binarySearch(q, u);
    int after = found >= 0 ? found : -found - 2;
    return Math.max(0, Math.min(slopes.length - 1, after));
  }

  /** The knots, ascending: a copy. */
  public double[] knots() {
    return q.clone();
  }

  /** What the knots become, ascending: a copy. */
  public double[] values() {
    return y.clone();
  }
}
