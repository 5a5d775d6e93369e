package dev.elbow.trainer.calibrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.elbow.bundle.Tail;
import dev.elbow.bundle.Threshold;
import dev.elbow.input.InvalidInputException;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ThresholdsTest {

  @Test
  void takesTheQuantileWhereTheRowsAllowIt() {
    Threshold threshold = auto(exponential(999, 1), 0.001);

    assertThat(threshold.tail()).isEqualTo(new Tail.Empirical());
    assertThat(threshold.supported()).isTrue();
    assertThat(Thresholds.warning(threshold)).isEmpty();
  }

  @Test
  void takesTheTailWhereTheRowsAreTooFew() {
    CalibrationSample sample = exponential(998, 1);

    Threshold threshold = auto(sample, 0.001);

    assertThat(threshold.tail()).isInstanceOf(Tail.GeneralizedPareto.class);
    assertThat(threshold.tail().probability(threshold.score(), sample.scores()))
        .isCloseTo(0.001, within(1e-9));
    assertThat(threshold.lowestSupportedRate()).isEqualTo(1.0 / 9990);
    assertThat(Thresholds.warning(threshold)).isEmpty();
  }

  @Test
  void warnsWhereTheTailIsReadTooFarOut() {
    Threshold threshold = auto(exponential(200, 1), 1e-5);

    assertThat(threshold.tail()).isInstanceOf(Tail.GeneralizedPareto.class);
    assertThat(Thresholds.warning(threshold))
        .contains(
            "a false-alarm rate of 1.0E-5 needs at least 9999 held-out rows; there are 200, which"
                + " support 0.00050 at best: the threshold is read off their tail far beyond them");
  }

  @Test
  void makesDoWithTheLargestOfTooFewRowsAndWarns() {
    CalibrationSample sample = exponential(60, 1);

    Threshold threshold = auto(sample, 0.001);

    assertThat(threshold.tail()).isEqualTo(new Tail.Empirical());
    assertThat(threshold.score()).isEqualTo(sample.scores().ascending()[59]);
    assertThat(Thresholds.warning(threshold))
        .contains(
            "a false-alarm rate of 0.001 needs at least 100 held-out rows; there are 60, which"
                + " support 0.016 at best: the threshold is their largest score");
  }

  @Test
  void refusesATailOfTooFewPeaksWhenItIsDemanded() {
    assertThatThrownBy(() -> pareto(exponential(60, 1), 0.001))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "a Pareto tail needs at least 20 independent peaks, and 60 held-out scores have 12; the"
                + " rows support a false-alarm rate of 0.016: hold out more rows, or take the"
                + " empirical threshold");
  }

  @Test
  void refusesATailOfAFewValues() {
    double[] scores = new double[200];
    Arrays.setAll(scores, i -> i % 7);

    assertThatThrownBy(() -> pareto(CalibrationSample.ofIndependent(scores), 0.001))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith(
            "the highest of 200 held-out scores are no tail: 56 of them have 2");
    assertThat(auto(CalibrationSample.ofIndependent(scores), 0.001).score()).isEqualTo(6);
  }

  @Test
  void refusesATailWithinTheBody() {
    assertThatThrownBy(() -> pareto(exponential(400, 1), 0.3))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("a false-alarm rate of 0.3 is no tail: the highest 60 of 400");
  }

  @Test
  void doesWithoutATailWhereAllScoresAreEqual() {
    double[] scores = new double[500];

    assertThat(auto(CalibrationSample.ofIndependent(scores), 0.0001).score()).isZero();
    assertThat(auto(CalibrationSample.ofIndependent(new double[] {3}), 0.0001).score())
        .isEqualTo(3);
  }

  /** A score held for ten rows: 999 rows are worth some hundred, and no longer support 0.001. */
  @Test
  void countsRunsOfASeriesOnce() {
    SplittableRandom random = new SplittableRandom(5);
    double[] held = new double[999];
    for (int i = 0; i < held.length; i++) {
      held[i] = i % 10 == 0 ? -Math.log(random.nextDouble()) : held[i - 1];
    }

    Threshold threshold = auto(CalibrationSample.ofSeries(List.of(held)), 0.001);

    assertThat(threshold.independentRows()).isBetween(60.0, 170.0);
    assertThat(threshold.supported()).isFalse();
    assertThat(Thresholds.warning(threshold).orElseThrow())
        .contains("because high scores come in runs")
        .endsWith("the threshold is the quantile of those");
  }

  /**
   * n = 300, α = 0.001: over many samples the mean realised rate is about the one asked for, though
   * a single one may be well off; they scatter by about 1.5 of it, so the mean of 200 by 0.11. A
   * tail that ends (shape −0.3) is met from the safe side, since 300 rows cannot rule out one that
   * does not.
   */
  @ParameterizedTest
  @CsvSource({"0, 0.67, 1.5", "0.3, 0.67, 1.5", "-0.3, 0.2, 1"})
  void keepsTheRateOnAverageFarBeyondTheRows(double shape, double least, double most) {
    SplittableRandom random = new SplittableRandom(11);
    double sum = 0;

    for (int sample = 0; sample < 200; sample++) {
      double[] scores = new double[300];
      Arrays.setAll(scores, i -> quantile(shape, random.nextDouble()));
      sum += exceedance(shape, auto(CalibrationSample.ofIndependent(scores), 0.001).score());
    }

    assertThat(sum / 200 / 0.001).isBetween(least, most);
  }

  /** The score that a share of (0, 1) exceeds. */
  private static double quantile(double shape, double share) {
    return shape == 0 ? -Math.log(share) : Math.expm1(-shape * Math.log(share)) / shape;
  }

  private static double exceedance(double shape, double score) {
    return shape == 0 ? Math.exp(-score) : Math.pow(Math.max(0, 1 + shape * score), -1 / shape);
  }

  private static CalibrationSample exponential(int count, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] scores = new double[count];
    Arrays.setAll(scores, i -> quantile(0, random.nextDouble()));
    return CalibrationSample.ofIndependent(scores);
  }

  private static Threshold auto(CalibrationSample sample, double rate) {
    return Thresholds.of(sample, rate, ThresholdMethod.AUTO);
  }

  private static Threshold pareto(CalibrationSample sample, double rate) {
    return Thresholds.of(sample, rate, ThresholdMethod.PARETO);
  }
}
