package dev.elbow.trainer.vae;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ActivationTest {

  @ParameterizedTest
  @ValueSource(doubles = {0, 1e-9, -1e-3, 0.4, -1, 3, -17, 25, 400, -400, 1e300, -1e300})
  void tanhIsTheLibrarysTanh(double a) {
    assertThat(Activation.TANH.apply(a)).isCloseTo(Math.tanh(a), within(5e-16));
  }

  @Test
  void siluIsInputTimesSigmoid() {
    assertThat(Activation.SILU.apply(0)).isZero();
    assertThat(Activation.SILU.apply(Math.log(3))).isCloseTo(0.75 * Math.log(3), within(1e-15));
    assertThat(Activation.SILU.apply(-800)).isCloseTo(0, within(1e-300));
    assertThat(Activation.SILU.apply(800)).isEqualTo(800);
  }

  @ParameterizedTest
  @ValueSource(doubles = {-6, -1.278, -0.2, 0, 0.7, 3})
  void slopeIsTheDerivative(double a) {
    double h = 1e-5;
    for (Activation f : Activation.values()) {
      double difference = (f.apply(a + h) - f.apply(a - h)) / (2 * h);
      assertThat(f.slope(a, f.apply(a))).as(f.name()).isCloseTo(difference, within(1e-9));
    }
  }

  @Test
  void sigmoidStaysWithinItsLimits() {
    assertThat(Activation.sigmoid(0)).isEqualTo(0.5);
    assertThat(Activation.sigmoid(-1e6)).isZero();
    assertThat(Activation.sigmoid(1e6)).isEqualTo(1);
  }
}
