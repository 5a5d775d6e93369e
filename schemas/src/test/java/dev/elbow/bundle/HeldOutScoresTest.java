package dev.elbow.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class HeldOutScoresTest {

  // Four scores: -1.25, 2, 2, 3.5; the p-value counts those at least as large, plus one, over five.
  private final HeldOutScores scores = Bundles.CALIBRATION;

  @Test
  void countsTheScoresAtLeastAsLarge() {
    assertThat(scores.tailProbability(2)).isEqualTo(4.0 / 5);
    assertThat(scores.tailProbability(2.1)).isEqualTo(2.0 / 5);
    assertThat(scores.tailProbability(3.5)).isEqualTo(2.0 / 5);
  }

  @Test
  void isNeverZeroAndNeverAboveOne() {
    assertThat(scores.tailProbability(Double.POSITIVE_INFINITY)).isEqualTo(1.0 / 5);
    assertThat(scores.tailProbability(Double.NEGATIVE_INFINITY)).isEqualTo(1);
  }

  @Test
  void hasNoProbabilityForAnUnscorableRow() {
    assertThat(scores.tailProbability(Double.NaN)).isNaN();
  }

  @Test
  void refusesAScoreThatIsNotFinite() {
    assertThatThrownBy(() -> HeldOutScores.of(new double[] {1, Double.NaN}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("held-out scores: expected a finite number, found NaN");
  }

  @Test
  void refusesBytesThatAreNotAscending() {
    byte[] descending = new byte[16];
    descending[7] = 0x40; // 2.0, 0.0 in little-endian order

    assertThatThrownBy(() -> HeldOutScores.fromBytes(descending))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected ascending scores, found 2.0 before 0.0");
  }
}
