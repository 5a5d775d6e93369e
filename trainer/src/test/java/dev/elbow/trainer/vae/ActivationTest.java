package dev.elbow.trainer.vae;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ActivationTest {

  @ParameterizedTest
  @ValueSource(doubles = {0, 1e-9, -1e-3, 0.4, -1, 3, -17, 25, 400, -400, 1e300, -1e300})
  void tanhIsTheLibrarysTanh(double a) {
    assertThat(value(Activation.TANH, a)).isCloseTo(Math.tanh(a), within(5e-16));
  }

  @Test
  void siluIsInputTimesSigmoid() {
    assertThat(value(Activation.SILU, 0)).isZero();
    assertThat(value(Activation.SILU, Math.log(3))).isCloseTo(0.75 * Math.log(3), within(1e-15));
    assertThat(value(Activation.SILU, -800)).isCloseTo(0, within(1e-300));
    assertThat(value(Activation.SILU, 800)).isEqualTo(800);
  }

  @ParameterizedTest
  @ValueSource(doubles = {-6, -1.278, -0.2, 0, 0.7, 3})
  void slopeIsTheDerivative(double a) {
    double h = 1e-5;
    for (Activation f : Activation.values()) {
      double difference = (value(f, a + h) - value(f, a - h)) / (2 * h);
      assertThat(slope(f, a)).as(f.name()).isCloseTo(difference, within(1e-9));
    }
  }

  private static double value(Activation f, double a) {
    DMatrixRMaj h = new DMatrixRMaj(0, 0);
    Nonlinearity.forward(f, new DMatrixRMaj(new double[][] {{a}}), h);
    return h.data[0];
  }

  private static double slope(Activation f, double a) {
    DMatrixRMaj slopes = new DMatrixRMaj(new double[][] {{a}});
    Nonlinearity.forward(f, slopes, new DMatrixRMaj(0, 0));
    return slopes.data[0];
  }
}
