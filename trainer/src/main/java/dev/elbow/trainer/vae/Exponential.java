package dev.elbow.trainer.vae;

/**
 * The exponential function of many numbers, in both precisions.
 *
 * <p>In double precision it is the library's. In single precision it is a few sums and products
 * without a branch, which the virtual machine turns into instructions for many numbers at once: y =
 * x/128 is small, so t = exp(y) − 1 is a short Taylor series, and doubling y seven times is t ← t
 * (t + 2), for exp(2y) − 1 = (exp(y) − 1)(exp(y) + 1). That takes 22 roundings of 2⁻²⁴ at most, and
 * where exp x is large a doubling of x doubles the relative error: {@code expm1} is off by at most
 * 1.3e-6 max(1, x) of itself. What lies beyond ±{@value #FAR} is taken as that far.
 */
public final class Exponential {

  /** exp(±40) = 2e±17 is beyond what a float next to 1 can tell from infinity or from 0. */
  static final float FAR = 40;

  private static final float STEP = 1 / 128f;

  private Exponential() {}

  /**
   * exp of the first cells.
   *
   * @param x not modified, unless it is the result, too
   * @param result overwritten
   */
  public static void exp(double[] x, double[] result, int cells) {
    for (int c = 0; c < cells; c++) {
      result[c] = Math.exp(x[c]);
    }
  }

  /**
   * exp of the first cells, off by at most 1.3e-6 max(1, x) of max(1, exp x).
   *
   * @param x not modified, unless it is the result, too
   * @param result overwritten
   */
  public static void exp(float[] x, float[] result, int cells) {
    expm1(x, result, cells);
    for (int c = 0; c < cells; c++) {
      result[c] += 1;
    }
  }

  /**
   * exp − 1 of the first cells.
   *
   * @param x not modified, unless it is the result, too
   * @param result overwritten
   */
  public static void expm1(double[] x, double[] result, int cells) {
    for (int c = 0; c < cells; c++) {
      result[c] = Math.expm1(x[c]);
    }
  }

  /**
   * exp − 1 of the first cells, off by at most 1.3e-6 max(1, x) of itself.
   *
   * @param x not modified, unless it is the result, too
   * @param result overwritten
   */
  public static void expm1(float[] x, float[] result, int cells) {
    for (int c = 0; c < cells; c++) {
      result[c] = Math.max(-FAR, Math.min(x[c], FAR)) * STEP;
    }
    // Written out: a loop around a call is fast only where the virtual machine inlines the call.
    for (int c = 0; c < cells; c++) {
      float y = result[c];
      float t =
          y * (1 + y * (1 / 2f + y * (1 / 6f + y * (1 / 24f + y * (1 / 120f + y * (1 / 720f))))));
      t *= t + 2;
      t *= t + 2;
      t *= t + 2;
      t *= t + 2;
      t *= t + 2;
      t *= t + 2;
      result[c] = t * (t + 2);
    }
  }
}
