package dev.elbow.trainer.calibrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.elbow.bundle.Confidence;
import dev.elbow.bundle.Threshold;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmpiricalThresholdTest {

  /**
   * n = 9. α = 0.2: k = ⌈10 · 0.8⌉ = 8. α = 0.25: k = ⌈7.5⌉ = 8. α = 0.1: k = 9. α = 0.3: k = 7. α
   * = 0.95: k = ⌈0.5⌉ = 1.
   */
  @ParameterizedTest
  @CsvSource({"0.2, 80", "0.25, 80", "0.1, 90", "0.3, 70", "0.95, 10"})
  void isTheConformalQuantile(double rate, double expected) {
    CalibrationSample scores =
        CalibrationSample.ofIndependent(new double[] {30, 10, 20, 60, 50, 40, 90, 80, 70});

    Threshold threshold = empirical(scores, rate);

    assertThat(threshold.score()).isEqualTo(expected);
    assertThat(threshold.falseAlarmRate()).isEqualTo(rate);
    assertThat(threshold.heldOutRows()).isEqualTo(9);
    assertThat(threshold.lowestSupportedRate()).isEqualTo(0.1);
    assertThat(Thresholds.warning(threshold)).isEmpty();
  }

  /** n = 99: ⌈100 · 0.71⌉ = 71, which 100 · 0.29 in binary, just below 29, would make 72. */
  @Test
  void takesTheRateForTheDecimalItWasWrittenAs() {
    CalibrationSample scores =
        CalibrationSample.ofIndependent(DoubleStream.iterate(1, s -> s + 1).limit(99).toArray());

    assertThat(empirical(scores, 0.29).score()).isEqualTo(71);
  }

  @Test
  void usesTheLargestScoreAndWarnsWhereRowsAreTooFew() {
    CalibrationSample scores = CalibrationSample.ofIndependent(new double[] {3, 1, 2});

    Threshold threshold = empirical(scores, 0.03);

    assertThat(threshold.score()).isEqualTo(3);
    assertThat(threshold.lowestSupportedRate()).isEqualTo(0.25);
    assertThat(Thresholds.warning(threshold))
        .contains(
            "a false-alarm rate of 0.03 needs at least 33 held-out rows; there are 3, which support"
                + " 0.25 at best: the threshold is their largest score");
  }

  @Test
  void makesDoWithOneRow() {
    Threshold threshold = empirical(CalibrationSample.ofIndependent(new double[] {-4}), 0.001);

    assertThat(threshold.score()).isEqualTo(-4);
    assertThat(threshold.lowestSupportedRate()).isEqualTo(0.5);
  }

  /** Of ten scores seven are 5, so nothing at 5 or below may alarm: only 9 exceeds it. */
  @Test
  void countsTiesOnTheSafeSide() {
    CalibrationSample scores =
        CalibrationSample.ofIndependent(new double[] {1, 2, 5, 5, 5, 5, 5, 5, 5, 9});

    assertThat(empirical(scores, 0.5).score()).isEqualTo(5);
    assertThat(empirical(scores, 0.2).score()).isEqualTo(5);
    assertThat(empirical(scores, 0.1).score()).isEqualTo(9);
  }

  /**
   * For n exchangeable scores without ties an observation exceeds s_(k) with probability exactly (n
   * + 1 − k)/(n + 1): here n = 119, α = 0.05, k = ⌈120 · 0.95⌉ = 114, so 6/120 = 0.05. 20 000
   * repetitions: standard error √(0.05 · 0.95/20000) = 0.00154; four of them.
   */
  @Test
  void keepsTheStatedRateOnExchangeableScores() {
    SplittableRandom random = new SplittableRandom(42);
    int repetitions = 20_000;
    int alarms = 0;

    for (int r = 0; r < repetitions; r++) {
      double[] heldOut = DoubleStream.generate(() -> score(random)).limit(119).toArray();
      Threshold threshold = empirical(CalibrationSample.ofIndependent(heldOut), 0.05);
      alarms += score(random) > threshold.score() ? 1 : 0;
    }

    assertThat((double) alarms / repetitions).isCloseTo(0.05, within(0.0062));
  }

  /**
   * n = 99, α = 0.1: k = 90, and the rate is a Beta(10, 90) variable, whose 2.5 % and 97.5 %
   * quantiles are 0.0495 and 0.1656 (scipy 1.17). Of 99 scores Binomial(99, 0.1) exceed the true
   * quantile, 4 to 16 with 2.5 % beyond either: s_(99 − 16) = 83 to s_(99 − 4 + 1) = 96.
   */
  @Test
  void saysHowSureItIs() {
    CalibrationSample scores =
        CalibrationSample.ofIndependent(DoubleStream.iterate(1, s -> s + 1).limit(99).toArray());

    Confidence confidence = empirical(scores, 0.1).confidence();

    assertThat(confidence.level()).isEqualTo(0.95);
    assertThat(confidence.rateFrom()).isCloseTo(0.0495, within(5e-5));
    assertThat(confidence.rateTo()).isCloseTo(0.1656, within(5e-5));
    assertThat(confidence.scoreFrom()).isEqualTo(83);
    assertThat(confidence.scoreTo()).contains(96.0);
  }

  @Test
  void setsNoUpperBoundWhereTheRowsDoNot() {
    CalibrationSample scores = CalibrationSample.ofIndependent(new double[] {1, 2, 3, 4});

    assertThat(empirical(scores, 0.2).confidence().scoreTo()).isEmpty();
  }

  /** 99 scores worth a third each leave the interval of a Beta(10/3, 90/3) variable (scipy). */
  @Test
  void isLessSureOfScoresThatComeInRuns() {
    CalibrationSample scores =
        CalibrationSample.ofIndependent(DoubleStream.iterate(1, s -> s + 1).limit(99).toArray());

    Threshold threshold = EmpiricalThreshold.of(scores, 0.1, 1.0 / 3);

    assertThat(threshold.score()).isEqualTo(90);
    assertThat(threshold.independentRows()).isEqualTo(33);
    assertThat(threshold.lowestSupportedRate()).isEqualTo(1.0 / 34);
    assertThat(threshold.confidence().rateFrom()).isCloseTo(0.0243, within(5e-5));
    assertThat(threshold.confidence().rateTo()).isCloseTo(0.2204, within(5e-5));
    assertThat(threshold.confidence().scoreFrom()).isEqualTo(78);
  }

  private static Threshold empirical(CalibrationSample scores, double rate) {
    return Thresholds.of(scores, rate, ThresholdMethod.EMPIRICAL);
  }

  /** Heavy-tailed and skewed: the guarantee asks nothing of the distribution. */
  private static double score(SplittableRandom random) {
    return 1 / random.nextDouble();
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1, -0.1, Double.NaN})
  void rejectsRatesThatAreNone(double rate) {
    CalibrationSample scores = CalibrationSample.ofIndependent(new double[] {1});

    assertThatThrownBy(() -> empirical(scores, rate)).isInstanceOf(IllegalArgumentException.class);
  }
}
