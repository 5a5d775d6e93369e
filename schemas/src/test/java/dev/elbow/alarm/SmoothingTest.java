package dev.elbow.alarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SmoothingTest {

  @Test
  void firstScoreIsWhereItStarts() {
    assertThat(new Smoothing(0.1).next(Smoothing.NONE, 7.5)).isEqualTo(7.5);
  }

  /** 8 + ¼ (16 − 8) = 10; 10 + ¼ (2 − 10) = 8. */
  @Test
  void goesAlphaOfTheWayToEachScore() {
    Smoothing smoothing = new Smoothing(0.25);

    double second = smoothing.next(8, 16);
    double third = smoothing.next(second, 2);

    assertThat(second).isEqualTo(10);
    assertThat(third).isEqualTo(8);
  }

  /** After a step of 1 in the score, n rows later 1 − (1 − α)ⁿ of it shows. */
  @Test
  void followsAStepGeometrically() {
    Smoothing smoothing = Smoothing.SERIES;

    double smoothed = 0;
    for (int row = 0; row < 10; row++) {
      smoothed = smoothing.next(smoothed, 1);
    }

    assertThat(smoothed).isCloseTo(1 - Math.pow(0.9, 10), within(1e-15));
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void rowWithoutAScoreLeavesTheStateAlone(double score) {
    assertThat(Smoothing.SERIES.next(3.25, score)).isEqualTo(3.25);
    assertThat(Smoothing.SERIES.next(Smoothing.NONE, score)).isNaN();
  }

  @Test
  void offGivesTheScoreToTheLastBit() {
    assertThat(Smoothing.OFF.next(1e16, 0.1)).isEqualTo(0.1);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -0.1, 1.000001, Double.NaN, Double.POSITIVE_INFINITY})
  void rejectsAnAlphaOutsideItsRange(double alpha) {
    assertThatThrownBy(() -> new Smoothing(alpha))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("(0, 1]");
  }
}
