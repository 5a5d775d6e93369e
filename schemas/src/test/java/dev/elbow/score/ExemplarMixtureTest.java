package dev.elbow.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ExemplarMixtureTest {

  private static final double LN_2PI = Math.log(2 * Math.PI);
  private static final double ROUNDING = 1e-11;
  private static final Squash SQUASH = new Squash(3);

  /** Knots are multiples of the integrals' step, so that no cell has a jump of the slope in it. */
  private static final double STEP = 0.04;

  private static final SensorMap IDENTITY = new SensorMap(new double[] {0, 1}, new double[] {0, 1});

  private static final SensorMap BENT =
      new SensorMap(new double[] {-1, 0, 0.52, 2}, new double[] {-1.5, -0.2, 0.6, 1.4});

  private static final double[] ROOT = {2, 0.5, -1, 1.5};

  private final ExemplarMixture two =
      new ExemplarMixture(
          new SensorMaps(List.of(BENT, IDENTITY), SQUASH),
          Rows.copyOf(new double[][] {{-1, 0.5}, {0.4, -1}, {2.5, 1}}),
          new double[] {0.5, 0.3, 0.2},
          ROOT);

  private static ExemplarMixture one(SensorMap map) {
    return new ExemplarMixture(
        new SensorMaps(List.of(map), SQUASH),
        Rows.copyOf(new double[][] {{0}, {2}}),
        new double[] {0.25, 0.75},
        new double[] {2});
  }

  /**
   * Exemplars 0 and 2 of weights ¼ and ¾, precision 4: at 1 both are ½ · 4 away, so r = w; at 0 the
   * first is hit and the second ½ · 16 away.
   */
  @Test
  void scoresAsByHand() {
    MixtureScores scores = one(IDENTITY).score(column(1, 0), Mask.all(2, 1));

    double constant = 0.5 * LN_2PI - Math.log(2);
    assertThat(scores.contributions().get(0, 0)).isCloseTo(constant + 2, within(ROUNDING));
    assertThat(scores.kl().get(0, 0)).isCloseTo(0, within(ROUNDING));
    assertThat(scores.score(1))
        .isCloseTo(constant - Math.log(0.25 + 0.75 * Math.exp(-8)), within(ROUNDING));
    assertThat(scores.kl().get(1, 0)).isBetween(1.0, Math.log(4));
    assertThat(scores.mean()).isCloseTo((scores.score(0) + scores.score(1)) / 2, within(ROUNDING));
  }

  @Test
  void isADensityOfOneSensor() {
    int cells = (int) (800 / STEP);
    double[] x = IntStream.range(0, cells).mapToDouble(i -> SQUASH.apply(u(i, cells))).toArray();

    MixtureScores scores = one(BENT).score(column(x), Mask.all(cells, 1));

    double integral =
        IntStream.range(0, cells).mapToDouble(i -> STEP * Math.exp(-scores.score(i))).sum();
    assertThat(integral).isCloseTo(1, within(1e-4));
  }

  @Test
  void isADensityOfTwoSensors() {
    int side = (int) (40 / STEP);
    double integral = 0;
    for (int i = 0; i < side; i++) {
      integral += STEP * overSecond(u(i, side), side);
    }

    assertThat(integral).isCloseTo(1, within(1e-3));
  }

  /** Without its second sensor a row has the density that all values of it have together. */
  @Test
  void integratesAMissingSensorOut() {
    int side = (int) (40 / STEP);
    for (double u : new double[] {-4.2, -1, 0.3, 2.6, 7}) {
      Mask mask = Mask.all(1, 2);
      mask.miss(0, 1);
      Rows row = Rows.copyOf(new double[][] {{SQUASH.apply(u), 77}});

      MixtureScores scores = two.score(row, mask);

      assertThat(scores.score(0)).isCloseTo(-Math.log(overSecond(u, side)), within(1e-3));
      assertThat(scores.contributions().get(0, 1)).isZero();
    }
  }

  private double overSecond(double first, int side) {
    Rows x = Rows.zeros(side, 2);
    for (int i = 0; i < side; i++) {
      x.set(i, 0, SQUASH.apply(first));
      x.set(i, 1, SQUASH.apply(u(i, side)));
    }
    MixtureScores scores = two.score(x, Mask.all(side, 2));
    return IntStream.range(0, side).mapToDouble(i -> STEP * Math.exp(-scores.score(i))).sum();
  }

  /** The middle of cell {@code i} of so many around 0. */
  private static double u(int i, int cells) {
    return STEP * (i + 0.5 - cells / 2.0);
  }

  /** Contributions and KL against the density itself, by |A| and |(x′ − E_j) A|². */
  @Test
  void addsUpToTheDensity() {
    for (double[] x : new double[][] {{0.3, -0.4}, {-2, 1}, {3.5, -5}, {0.52, 0}, {40, 2}}) {
      double density = 0;
      double[] mapped = {two.maps().apply(0, x[0]), two.maps().apply(1, x[1])};
      for (int j = 0; j < 3; j++) {
        double e0 = mapped[0] - two.exemplars().get(j, 0);
        double e1 = mapped[1] - two.exemplars().get(j, 1);
        double z0 = e0 * ROOT[0] + e1 * ROOT[2];
        double z1 = e0 * ROOT[1] + e1 * ROOT[3];
        density += two.weights()[j] * Math.exp(-0.5 * (z0 * z0 + z1 * z1));
      }
      double determinant = ROOT[0] * ROOT[3] - ROOT[1] * ROOT[2];
      double jacobian = two.maps().logJacobian(0, x[0]) + two.maps().logJacobian(1, x[1]);

      MixtureScores scores = two.score(Rows.copyOf(new double[][] {x}), Mask.all(1, 2));

      double expected = LN_2PI - Math.log(determinant) - jacobian - Math.log(density);
      if (density > 0) {
        assertThat(scores.score(0)).isCloseTo(expected, within(1e-9 * (1 + expected)));
      }
      assertThat(scores.score(0)).isFinite();
      assertThat(scores.kl().get(0, 0)).isGreaterThan(-ROUNDING);
    }
  }

  /** The Jacobian of map and squash together, by differences of the map. */
  @Test
  void knowsTheSlopeOfItsMaps() {
    SensorMaps maps = new SensorMaps(List.of(BENT), SQUASH);
    double h = 1e-6;
    for (double u : new double[] {-30, -1.5, -0.4, 0.25, 1, 2.5, 9}) {
      double slope =
          (maps.apply(0, SQUASH.apply(u + h)) - maps.apply(0, SQUASH.apply(u - h))) / (2 * h);

      assertThat(maps.logJacobian(0, SQUASH.apply(u))).isCloseTo(Math.log(slope), within(1e-6));
    }
  }

  /** Without correlation a sensor's contribution is its own −ln p of the exemplar's Gaussian. */
  @Test
  void blamesTheSensorThatIsOff() {
    ExemplarMixture single =
        new ExemplarMixture(
            new SensorMaps(List.of(IDENTITY, IDENTITY), SQUASH),
            Rows.zeros(1, 2),
            new double[] {1},
            new double[] {2, 0, 0, 5});

    Rows contributions =
        single.score(Rows.copyOf(new double[][] {{2, 0.1}}), Mask.all(1, 2)).contributions();

    assertThat(contributions.get(0, 0)).isCloseTo(0.5 * LN_2PI - Math.log(2) + 8, within(ROUNDING));
    assertThat(contributions.get(0, 1))
        .isCloseTo(0.5 * LN_2PI - Math.log(5) + 0.125, within(ROUNDING));
  }

  @Test
  void saysNothingOfARowWithoutSensors() {
    Mask mask = Mask.all(1, 2);
    mask.miss(0, 0);
    mask.miss(0, 1);

    assertThat(two.score(Rows.zeros(1, 2), mask).score(0)).isCloseTo(0, within(ROUNDING));
  }

  @Test
  void hasNoScoreForWhatIsInfinite() {
    Rows row = Rows.copyOf(new double[][] {{Double.POSITIVE_INFINITY, 0}});

    assertThat(Double.isFinite(two.score(row, Mask.all(1, 2)).score(0))).isFalse();
  }

  @Test
  void refusesWhatIsNoMixture() {
    SensorMaps maps = new SensorMaps(List.of(IDENTITY), SQUASH);
    Rows exemplar = Rows.zeros(1, 1);
    double[] weight = {1};
    double[] root = {1};

    assertRefused(maps, exemplar, new double[] {0.5}, root, "sum 1");
    assertRefused(maps, exemplar, new double[] {0.5, 0.5}, root, "a weight for each");
    assertRefused(maps, exemplar, weight, new double[] {0}, "invertible");
    assertRefused(maps, exemplar, weight, new double[] {Double.NaN}, "finite");
    assertRefused(maps, Rows.zeros(1, 2), weight, root, "for each of 1 sensors");
    assertRefused(maps, Rows.copyOf(new double[][] {{Double.NaN}}), weight, root, "finite");
  }

  private static void assertRefused(
      SensorMaps maps, Rows exemplars, double[] weights, double[] root, String message) {
    assertThatThrownBy(() -> new ExemplarMixture(maps, exemplars, weights, root))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  private static Rows column(double... x) {
    return Rows.of(x.length, 1, x);
  }
}
