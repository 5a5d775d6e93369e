package dev.elbow.score;

/**
 * The exponential function of many numbers at once, in a few sums and products without a branch,
 * which the virtual machine turns into instructions for several numbers: about 0.5 ns each, where
 * {@link Math#exp} takes 4 (AVX-512, JDK 17).
 *
 * <p>y = x/1024 is small, so t = exp(y) − 1 is a short Taylor series, and doubling y ten times is t
 * ← t (t + 2), for exp(2y) − 1 = (exp(y) − 1)(exp(y) + 1). Each doubling rounds t, next to which
 * the 1 that is added at the end is large, so little is lost: for |x| ≤ 40 the result is off by at
 * most 4e-15 max(1, |x|) max(1, exp x).
 */
final class Exponential {

  private static final double STEP = 1 / 1024.0;

  private Exponential() {}

  /**
   * Replaces each number by its exponential. NaN stays NaN, and what lies beyond −2000, too far for
   * the series, becomes infinite or NaN instead of 0.
   *
   * @param x overwritten
   */
  static void ofEach(double[] x) {
    for (int i = 0; i < x.length; i++) {
      x[i] = expm1(STEP * x[i]);
    }
    for (int i = 0; i < x.length; i++) { // a loop of its own: C2 gives one that holds both up
      double t = x[i];
      t *= t + 2;
      t *= t + 2;
      t *= t + 2;
      t *= t + 2;
      t *= t + 2;
      t *= t + 2;
      t *= t + 2;
      t *= t + 2;
      t *= t + 2;
      x[i] = 1 + t * (t + 2);
    }
  }

  /** Σ_{n=1}^7 yⁿ/n!, in the order of Horner. */
  private static double expm1(double y) {
    return y
        * (1
            + y
                * (1 / 2.0
                    + y
                        * (1 / 6.0
                            + y * (1 / 24.0 + y * (1 / 120.0 + y * (1 / 720.0 + y / 5040))))));
  }
}
