package dev.elbow.trainer.vae;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

/** The polynomial in single precision against the library in double. */
class ExponentialTest {

  private static final double ROUNDINGS = 22 * Math.ulp(1f) / 2;

  private static final int SAMPLES = 100_000;

  /** Relative to expm1 itself, which matters most next to 0. */
  @Test
  void keepsItsDigitsWhereGatesAndLogVariancesLie() {
    assertThat(worst(-Exponential.FAR, 1)).isLessThan(ROUNDINGS);
    assertThat(worst(-1e-3, 1e-3)).isLessThan(ROUNDINGS);
    assertThat(expm1(0)).isZero();
  }

  @Test
  void losesDigitsInProportionFarOut() {
    assertThat(worst(1, 10)).isLessThan(10 * ROUNDINGS);
    assertThat(worst(10, Exponential.FAR)).isLessThan(Exponential.FAR * ROUNDINGS);
  }

  @Test
  void whatIsBeyondIsTakenAsThatFar() {
    float[] x = {1e30f, Exponential.FAR, Float.NEGATIVE_INFINITY, Float.NaN};

    Exponential.exp(x, x, 4);

    assertThat(x[0]).isEqualTo(x[1]);
    assertThat(x[2]).isZero();
    assertThat(x[3]).isNaN();
  }

  private static double worst(double from, double to) {
    DoubleStream x = new SplittableRandom(1).doubles(SAMPLES, from, to);
    return x.map(ExponentialTest::relativeError).max().orElseThrow();
  }

  private static double relativeError(double x) {
    float single = (float) x;
    double expected = Math.expm1(single);
    return expected == 0 ? 0 : Math.abs(expm1(single) / expected - 1);
  }

  private static float expm1(float x) {
    float[] cell = {x};
    Exponential.expm1(cell, cell, 1);
    return cell[0];
  }
}
