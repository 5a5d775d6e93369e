package dev.elbow.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class ExponentialTest {

  /** As the class says, of max(1, |x|) max(1, exp x). */
  private static final double ERROR = 4e-15;

  @Test
  void agreesWithTheLibrarys() {
    double[] x = DoubleStream.iterate(-40, at -> at <= 40, at -> at + 0.0137).toArray();
    double[] exp = x.clone();

    Exponential.ofEach(exp);

    for (int i = 0; i < x.length; i++) {
      double size = Math.max(1, Math.abs(x[i])) * Math.max(1, Math.exp(x[i]));
      assertThat(exp[i]).isCloseTo(Math.exp(x[i]), within(ERROR * size));
    }
  }

  @Test
  void keepsWhatIsNoNumberAndWhatIsTooLarge() {
    double[] x = {Double.NaN, Double.POSITIVE_INFINITY, 1000, 0, -1000};

    Exponential.ofEach(x);

    assertThat(x)
        .containsExactly(Double.NaN, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, 1, 0);
  }
}
