package dev.elbow.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.elbow.score.Mask;
import dev.elbow.score.Rows;
import dev.elbow.score.Squash;
import java.util.List;
import org.junit.jupiter.api.Test;

class RowTransformTest {

  private final RowTransform transform =
      new RowTransform(
          List.of(new SensorScaling("pressure", 10, 2), new SensorScaling("flow", -1, 0.5)),
          new Squash(3));

  /** pressure: (13 − 10)/2 = 1.5; flow: (1 + e/2 − (−1))/0.5 = 4 + e, squashed to 3 + ln(2 + e). */
  @Test
  void standardisesAndSquashes() {
    Rows x = Rows.zeros(2, 2);
    Mask mask = Mask.all(2, 2);

    transform.write(new double[] {13, 1 + Math.E / 2}, x, mask, 1);

    assertThat(x.get(1, 0)).isEqualTo(1.5);
    assertThat(x.get(1, 1)).isCloseTo(3 + Math.log(2 + Math.E), within(1e-14));
    assertThat(x.row(0)).containsExactly(0, 0);
    assertThat(mask.observedIn(1)).isEqualTo(2);
  }

  @Test
  void missingValueBecomesTheMeanAndIsMarked() {
    Rows x = Rows.of(1, 2, new double[] {7, 7});
    Mask mask = Mask.all(1, 2);

    transform.write(new double[] {Double.NaN, -1}, x, mask, 0);

    assertThat(x.row(0)).containsExactly(0, 0);
    assertThat(mask.observed(0, 0)).isFalse();
    assertThat(mask.observed(0, 1)).isTrue();
  }

  @Test
  void comesBackToEngineeringUnits() {
    Rows x = Rows.zeros(1, 2);
    transform.write(new double[] {-123.4, 55.5}, x, Mask.all(1, 2), 0);

    assertThat(transform.toEngineeringUnits(0, x.get(0, 0))).isCloseTo(-123.4, within(1e-10));
    assertThat(transform.toEngineeringUnits(1, x.get(0, 1))).isCloseTo(55.5, within(1e-10));
  }

  /** Within the limit σ is only rescaled; at model value 4 the squash stretches it by e as well. */
  @Test
  void sigmaComesBackToEngineeringUnits() {
    assertThat(transform.sigmaInEngineeringUnits(0, 1, 0.3)).isCloseTo(0.6, within(1e-15));
    assertThat(transform.sigmaInEngineeringUnits(1, 4, 0.3))
        .isCloseTo(0.15 * Math.E, within(1e-15));
  }

  @Test
  void namesItsSensorsInOrder() {
    assertThat(transform.names()).containsExactly("pressure", "flow");
    assertThat(transform.features()).isEqualTo(2);
  }

  @Test
  void rejectsNoSensorAndTwoOfOneName() {
    SensorScaling sensor = new SensorScaling("flow", 0, 1);

    assertThatThrownBy(() -> new RowTransform(List.of(), new Squash(3)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new RowTransform(List.of(sensor, sensor), new Squash(3)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("distinct");
  }

  @Test
  void rejectsAScalingThatCannotBeUndone() {
    assertThatThrownBy(() -> new SensorScaling("flow", 0, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("flow");
    assertThatThrownBy(() -> new SensorScaling("flow", Double.NaN, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new SensorScaling("flow", 0, Double.POSITIVE_INFINITY))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
