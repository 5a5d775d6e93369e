package dev.elbow.trainer.calibrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.elbow.bundle.HeldOutScores;
import dev.elbow.bundle.Tail;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ParetoPosteriorTest {

  /**
   * From a numpy script that sums the equations of the class over 400 shapes and 4000 scales, for
   * y_i = 2 ((1 − (i − ½)/N)^(−ξ) − 1)/ξ, i = 1..N, and θ: P(Y > y) at two y.
   */
  @ParameterizedTest
  @CsvSource({
    "0.2, 20, 1, 5, 0.15784, 20, 0.0151475",
    "0, 100, 1, 5, 0.0884144, 15, 0.00211372",
    "0.5, 60, 0.4, 10, 0.0954688, 60, 0.00819357",
    "-0.3, 150, 1, 3, 0.140198, 5, 0.0127713",
  })
  void agreesWithAFineGrid(
      double shape, int count, double worth, double near, double pNear, double far, double pFar) {
    ParetoPosterior posterior = ParetoPosterior.of(quantiles(shape, count), worth);

    assertThat(posterior.survival(near)).isCloseTo(pNear, within(0.01 * pNear));
    assertThat(posterior.survival(far)).isCloseTo(pFar, within(0.01 * pFar));
  }

  /** With many peaks little is left unknown, and the tail is that of the data. */
  @ParameterizedTest
  @ValueSource(doubles = {-0.3, 0, 0.4})
  void findsTheTailOfManyPeaks(double shape) {
    ParetoPosterior posterior = ParetoPosterior.of(quantiles(shape, 2000), 1);

    Tail.GeneralizedPareto tail = posterior.tail(0, 0.1, 2000, 0.01, 0.001);

    assertThat(tail.shape()).isCloseTo(shape, within(0.03));
    assertThat(tail.scale()).isCloseTo(2, within(0.08));
  }

  @ParameterizedTest
  @CsvSource({"0.2, 20", "0.2, 200", "-0.4, 50", "0.9, 50"})
  void isMatchedByASinglePareto(double shape, int count) {
    ParetoPosterior posterior = ParetoPosterior.of(quantiles(shape, count), 1);
    double near = 1.0 / (count + 1);

    Tail.GeneralizedPareto tail = posterior.tail(0, 0.5, count, near, near / 10);

    HeldOutScores none = HeldOutScores.of(new double[] {0});
    for (double p = near; p > near / 10; p /= 1.3) {
      double excess = tail.score(0.5 * p);
      assertThat(tail.probability(excess, none) / 0.5).isCloseTo(p, within(1e-9));
      assertThat(posterior.survival(excess)).isCloseTo(p, within(0.2 * p));
    }
  }

  /** Excesses that count for a quarter each leave the width that a quarter of them would have. */
  @Test
  void isAsWideAsTheIndependentPeaksMakeIt() {
    ParetoPosterior quarter = ParetoPosterior.of(quantiles(0.1, 400), 0.25);
    ParetoPosterior few = ParetoPosterior.of(quantiles(0.1, 100), 1);

    assertThat(width(quarter)).isCloseTo(width(few), within(0.05 * width(few)));
    assertThat(width(quarter))
        .isGreaterThan(1.7 * width(ParetoPosterior.of(quantiles(0.1, 400), 1)));
  }

  private static double width(ParetoPosterior posterior) {
    return Math.log(posterior.survivalQuantile(0.975, 10) / posterior.survivalQuantile(0.025, 10));
  }

  /**
   * 300 samples of 60 excesses. The interval covers the true probability in 95 % of them, standard
   * error 1.3 %; a uniform prior is no exact match for that, hence 4 %.
   */
  @ParameterizedTest
  @ValueSource(doubles = {0, 0.25})
  void coversTheTruth(double shape) {
    SplittableRandom random = new SplittableRandom(7);
    double truth = 0.003;
    double excess = excess(shape, truth);
    int covered = 0;

    for (int sample = 0; sample < 300; sample++) {
      ParetoPosterior posterior =
          ParetoPosterior.of(
              DoubleStream.generate(() -> excess(shape, random.nextDouble())).limit(60).toArray(),
              1);
      boolean high = posterior.survivalQuantile(0.975, excess) >= truth;
      boolean low = posterior.survivalQuantile(0.025, excess) <= truth;
      covered += high && low ? 1 : 0;
    }

    assertThat(covered / 300.0).isCloseTo(0.95, within(0.04));
  }

  @Test
  void makesSenseOfTies() {
    double[] tied = new double[60];
    Arrays.setAll(tied, i -> 1 + i / 5);

    ParetoPosterior posterior = ParetoPosterior.of(tied, 1);

    assertThat(posterior.survival(6)).isBetween(0.3, 0.6);
    assertThat(posterior.excessQuantile(0.5, 0.01)).isBetween(12.0, 60.0);
  }

  /** The excess that a share of (0, 1) exceeds, σ = 2. */
  private static double excess(double shape, double share) {
    double log = -Math.log(share);
    return shape == 0 ? 2 * log : 2 * Math.expm1(shape * log) / shape;
  }

  private static double[] quantiles(double shape, int count) {
    double[] excesses = new double[count];
    Arrays.setAll(excesses, i -> excess(shape, 1 - (i + 0.5) / count));
    return excesses;
  }
}
