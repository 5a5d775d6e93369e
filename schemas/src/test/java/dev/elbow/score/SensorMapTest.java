package dev.elbow.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SensorMapTest {

  private static final double ROUNDING = 1e-12;

  /** Slopes 2 and ½. */
  private final SensorMap map = new SensorMap(new double[] {0, 1, 3}, new double[] {-1, 1, 2});

  @Test
  void goesStraightFromKnotToKnotAndOnBeyondThem() {
    assertThat(map.apply(0.5)).isEqualTo(0);
    assertThat(map.apply(1)).isEqualTo(1);
    assertThat(map.apply(2)).isEqualTo(1.5);
    assertThat(map.apply(-10)).isEqualTo(-21);
    assertThat(map.apply(13)).isEqualTo(7);
    assertThat(map.apply(Double.NaN)).isNaN();
  }

  @Test
  void tellsItsSlopeAndOnAKnotTheMeanOfBothSides() {
    assertThat(map.logSlope(-10)).isCloseTo(Math.log(2), within(ROUNDING));
    assertThat(map.logSlope(0)).isCloseTo(Math.log(2), within(ROUNDING));
    assertThat(map.logSlope(0.999)).isCloseTo(Math.log(2), within(ROUNDING));
    assertThat(map.logSlope(1)).isCloseTo(Math.log(1.25), within(ROUNDING));
    assertThat(map.logSlope(1 - 1e-12)).isCloseTo(Math.log(1.25), within(ROUNDING));
    assertThat(map.logSlope(1 + 1e-12)).isCloseTo(Math.log(1.25), within(ROUNDING));
    assertThat(map.logSlope(1.001)).isCloseTo(Math.log(0.5), within(ROUNDING));
    assertThat(map.logSlope(99)).isCloseTo(Math.log(0.5), within(ROUNDING));
  }

  @Test
  void refusesWhatDoesNotRise() {
    assertRefused(new double[] {0, 0}, new double[] {0, 1});
    assertRefused(new double[] {0, 1e-7}, new double[] {0, 1});
    assertRefused(new double[] {0, 1}, new double[] {1, 1});
    assertRefused(new double[] {0, 1}, new double[] {1, Double.NaN});
    assertRefused(new double[] {0, Double.POSITIVE_INFINITY}, new double[] {0, 1});
    assertRefused(new double[] {0}, new double[] {0});
    assertRefused(new double[] {0, 1, 2}, new double[] {0, 1});
  }

  private static void assertRefused(double[] q, double[] y) {
    assertThatThrownBy(() -> new SensorMap(q, y))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("sensor map: expected ");
  }
}
