package dev.elbow.trainer.vae;

/**
 * The exponential function in both precisions.
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

  /** exp x. */
  public static double exp(double x) {
    return Math.exp(x);
  }

  /** exp x, off by at most 1.3e-6 max(1, x) of max(1, exp x). */
  public static float exp(float x) {
    return 1 + expm1(x);
  }

  /** exp x − 1. */
  public static double expm1(double x) {
    return Math.expm1(x);
  }

  /** exp x − 1, off by at most 1.3e-6 max(1, x) of itself. */
  public static float expm1(float x) {
    float y = Math.max(-FAR, Math.min(x, FAR)) * STEP;
    float t =
        y * (1 + y * (1 / 2f + y * (1 / 6f + y * (1 / 24f + y * (1 / 120f + y * (1 / 720f))))));
    t *= t + 2;
    t *= t + 2;
    t *= t + 2;
    t *= t + 2;
    t *= t + 2;
    t *= t + 2;
    return t * (t + 2);
  }
}
