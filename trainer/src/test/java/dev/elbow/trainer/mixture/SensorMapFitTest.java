package dev.elbow.trainer.mixture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.elbow.score.Mask;
import dev.elbow.score.Rows;
import dev.elbow.score.SensorMap;
import dev.elbow.score.SensorMaps;
import dev.elbow.score.Squash;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SensorMapFitTest {

  private final SplittableRandom random = new SplittableRandom(4);

  /** u = exp(v), v standard normal: the map must undo the exponential, except where it is flat. */
  @Test
  void makesASkewedSensorNormal() {
    double[] skewed = random.doubles(2000).map(u -> 0).toArray();
    Arrays.setAll(skewed, i -> Math.exp(random.nextGaussian()));
    Arrays.sort(skewed);

    SensorMap map = SensorMapFit.fit(skewed);

    assertThat(map.knots()).hasSize(33);
    for (double v : new double[] {-1, -0.5, 0, 0.5, 1, 1.5}) {
      assertThat(map.apply(Math.exp(v))).isCloseTo(v, within(0.2));
    }
    double[] mapped = Arrays.stream(skewed).map(map::apply).toArray();
    assertThat(mapped).isSorted();
    assertThat(Arrays.stream(mapped).average().orElseThrow()).isCloseTo(0, within(1e-9));
    assertThat(Arrays.stream(mapped).map(y -> y * y).average().orElseThrow())
        .isCloseTo(1, within(1e-9));
  }

  /**
   * Three quarters 0 and a quarter 1. Of the 33 quantiles 24 are 0, one lies between them and 8 are
   * 1; steep as they are apart, the map still has mean 0 and variance 1 over the values.
   */
  @Test
  void givesASensorOfTwoValuesAKnotForEach() {
    double[] values = new double[400];
    Arrays.fill(values, 300, 400, 1);

    SensorMap map = SensorMapFit.fit(values);

    assertThat(map.knots()).startsWith(0).endsWith(1);
    assertThat(map.knots().length).isLessThan(4);
    assertThat(0.75 * map.apply(0) + 0.25 * map.apply(1)).isCloseTo(0, within(1e-12));
    assertThat(0.75 * map.apply(0) * map.apply(0) + 0.25 * map.apply(1) * map.apply(1))
        .isCloseTo(1, within(1e-12));
  }

  @Test
  void leavesAConstantSensorAsItIs() {
    SensorMap map = SensorMapFit.fit(new double[50]);

    assertThat(map.apply(0)).isZero();
    assertThat(map.apply(7)).isEqualTo(7);
    assertThat(map.logSlope(3)).isZero();
  }

  @Test
  void onlyRescalesASensorThatIsNearlyAlwaysTheSame() {
    double[] values = new double[1000];
    values[999] = 30;

    SensorMap map = SensorMapFit.fit(values);

    double scale = Math.sqrt(0.9 - 0.0009);
    assertThat(map.apply(30)).isCloseTo((30 - 0.03) / scale, within(1e-9));
    assertThat(map.logSlope(0)).isCloseTo(-Math.log(scale), within(1e-12));
  }

  /** Half of the values lie within 0.001 around 0: ranks alone would pull them far apart. */
  @Test
  void stretchesNothingMoreThanTheSteepestSlope() {
    double[] values = new double[1000];
    Arrays.setAll(values, i -> (i < 500 ? 1 : 1e-3) * random.nextGaussian());
    Arrays.sort(values);

    SensorMap map = SensorMapFit.fit(values);

    assertThat(Math.exp(map.logSlope(1e-4) - map.logSlope(1))).isBetween(3.0, 15.0);
  }

  @Test
  void looksAtObservedCellsAlone() {
    Rows x = Rows.zeros(200, 1);
    Mask mask = Mask.all(200, 1);
    for (int i = 0; i < 200; i++) {
      x.set(i, 0, i < 100 ? random.nextGaussian() : 55);
      if (i >= 100) {
        mask.miss(i, 0);
      }
    }

    SensorMaps all = SensorMapFit.fit(x, mask, new Squash(3));
    SensorMaps observed = SensorMapFit.fit(x.rows(0, 100), Mask.all(100, 1), new Squash(3));

    assertThat(all.maps().get(0).knots()).isEqualTo(observed.maps().get(0).knots());
    assertThat(all.maps().get(0).values()).isEqualTo(observed.maps().get(0).values());
  }

  /** A rare value far out is a knot, and stays one though the squash comes between. */
  @Test
  void meetsAKnotBeyondTheSquash() {
    Rows x = Rows.zeros(300, 1);
    Squash squash = new Squash(3);
    for (int i = 290; i < 300; i++) {
      x.set(i, 0, squash.apply(5.385));
    }

    SensorMaps maps = SensorMapFit.fit(x, Mask.all(300, 1), squash);

    double[] knots = maps.maps().get(0).knots();
    assertThat(knots[knots.length - 1]).isCloseTo(5.385, within(1e-12));
    assertThat(maps.apply(0, squash.apply(5.385)))
        .isCloseTo(squash.apply(maps.maps().get(0).values()[knots.length - 1]), within(1e-12));
  }
}
