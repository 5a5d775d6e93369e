package dev.elbow.trainer.vae;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The fraction in single precision against the library's exponential in double. */
class SigmoidTest {

  /** Three roundings of numbers up to 1, of 6e-8 each, and the error of the fit. */
  private static final double TOLERANCE = 2e-7;

  private static final int SAMPLES = 100_000;

  @Test
  void singlePrecisionIsOffByRoundingOnly() {
    assertThat(worst(-1, 1)).isLessThan(TOLERANCE);
    assertThat(worst(-Sigmoid.FAR, Sigmoid.FAR)).isLessThan(TOLERANCE);
    assertThat(worst(-100, 100)).isLessThan(TOLERANCE);
  }

  @Test
  void singlePrecisionReachesItsLimits() {
    float[] x = {0, 1e30f, -1e30f, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, Float.NaN};

    Sigmoid.of(x, x, 6);

    assertThat(x[0]).isEqualTo(0.5f);
    assertThat(new float[] {x[1], x[3]}).containsOnly(new float[] {1}, within((float) TOLERANCE));
    assertThat(new float[] {x[2], x[4]}).containsOnly(new float[] {0}, within((float) TOLERANCE));
    assertThat(x[5]).isNaN();
  }

  @Test
  void takesTheFirstCellsAlone() {
    double[] x = {Math.log(3), -Math.log(3), 7};
    double[] result = {0, 0, 8};

    Sigmoid.of(x, result, 2);

    assertThat(result).containsExactly(new double[] {0.75, 0.25, 8}, within(1e-15));
  }

  private static double worst(double from, double to) {
    double[] x = new SplittableRandom(1).doubles(SAMPLES, from, to).toArray();
    float[] single = Cells.of(x, new float[0]);
    float[] result = new float[SAMPLES];
    Sigmoid.of(single, result, SAMPLES);
    double worst = 0;
    for (int c = 0; c < SAMPLES; c++) {
      worst = Math.max(worst, Math.abs(result[c] - 1 / (1 + Math.exp(-(double) single[c]))));
    }
    return worst;
  }
}
