package dev.elbow.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ObservedShareTest {

  @ParameterizedTest
  @CsvSource({"0, 4, 1", "0.5, 1, 1", "0.5, 4, 2", "0.5, 5, 3", "0.55, 100, 55", "1, 7, 7"})
  void asksForTheShareRoundedUpAndForOneSensorAtLeast(double share, int features, int sensors) {
    assertThat(new ObservedShare(share).sensorsOf(features)).isEqualTo(sensors);
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 1.1, Double.NaN})
  void refusesWhatIsNoShare(double share) {
    assertThatThrownBy(() -> new ObservedShare(share))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("observed share: expected a number from 0 to 1");
  }

  @Test
  void isHalfOfTheSensorsUnlessSetOtherwise() {
    assertThat(ObservedShare.DEFAULT.sensorsOf(8)).isEqualTo(4);
  }
}
