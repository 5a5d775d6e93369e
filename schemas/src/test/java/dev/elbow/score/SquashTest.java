package dev.elbow.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SquashTest {

  private final Squash squash = new Squash(3);

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.1, -2.5, 3, -3})
  void keepsWhatIsWithinTheLimit(double v) {
    assertThat(squash.apply(v)).isEqualTo(v);
    assertThat(squash.invert(v)).isEqualTo(v);
    assertThat(squash.slopeOfInverse(v)).isEqualTo(1);
  }

  /** 2 + e standard deviations: 3 + ln(1 + (2 + e) − 3) = 3 + ln e = 4. */
  @Test
  void growsLogarithmicallyBeyondTheLimit() {
    assertThat(squash.apply(2 + Math.E)).isCloseTo(4, within(1e-15));
    assertThat(squash.apply(-2 - Math.E)).isCloseTo(-4, within(1e-15));
    assertThat(squash.invert(4)).isCloseTo(2 + Math.E, within(1e-15));
    assertThat(squash.slopeOfInverse(4)).isCloseTo(Math.E, within(1e-15));
  }

  @ParameterizedTest
  @ValueSource(doubles = {-1e12, -1000, -3.0001, -3, -1, 0, 2.9, 3, 3.5, 10, 1e6, 1e300})
  void isUndoneByItsInverse(double v) {
    assertThat(squash.invert(squash.apply(v))).isCloseTo(v, within(1e-12 * Math.abs(v)));
  }

  @Test
  void slopeOfTheInverseIsItsDerivative() {
    double h = 1e-6;

    double difference = (squash.invert(5 + h) - squash.invert(5 - h)) / (2 * h);

    assertThat(squash.slopeOfInverse(5)).isCloseTo(difference, within(1e-7));
    assertThat(squash.slopeOfInverse(-5)).isCloseTo(difference, within(1e-7));
  }

  @Test
  void notANumberStaysNotANumber() {
    assertThat(squash.apply(Double.NaN)).isNaN();
    assertThat(squash.invert(Double.NaN)).isNaN();
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
  void rejectsALimitThatIsNotAPositiveNumber(double limit) {
    assertThatThrownBy(() -> new Squash(limit)).isInstanceOf(IllegalArgumentException.class);
  }
}
