package dev.elbow.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elbow.row.Continuity.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ContinuityTest {

  private static final Instant NEWEST = Instant.parse("2024-03-01T12:00:00Z");

  private final Continuity everySecond = new Continuity(Optional.of(Duration.ofSeconds(1)), 10);

  @Test
  void followsUpToTenSteps() {
    assertThat(everySecond.step(NEWEST, 0, NEWEST)).isEqualTo(Step.FOLLOWS);
    assertThat(everySecond.step(NEWEST, 0, NEWEST.plusMillis(1000))).isEqualTo(Step.FOLLOWS);
    assertThat(everySecond.step(NEWEST, 0, NEWEST.plusMillis(10_000))).isEqualTo(Step.FOLLOWS);
  }

  @Test
  void isBrokenByALongerStep() {
    assertThat(everySecond.step(NEWEST, 0, NEWEST.plusMillis(10_001))).isEqualTo(Step.AFTER_GAP);
    assertThat(everySecond.step(NEWEST, 0, NEWEST.plusSeconds(1L << 40))).isEqualTo(Step.AFTER_GAP);
  }

  @Test
  void knowsAnOlderRowAsOutOfOrder() {
    assertThat(everySecond.step(NEWEST, 0, NEWEST.minusMillis(1))).isEqualTo(Step.OUT_OF_ORDER);
    assertThat(everySecond.step(NEWEST, 9, NEWEST.minusSeconds(900))).isEqualTo(Step.OUT_OF_ORDER);
  }

  @Test
  void beginsAnewWhenTheClockWasSetBack() {
    assertThat(everySecond.step(NEWEST, 10, NEWEST.minusSeconds(900))).isEqualTo(Step.AFTER_GAP);
  }

  @Test
  void takesRowsAsTheyComeWithoutAUsualStep() {
    assertThat(Continuity.RECORD_ORDER.step(NEWEST, 0, NEWEST.minusSeconds(1)))
        .isEqualTo(Step.FOLLOWS);
    assertThat(Continuity.RECORD_ORDER.step(NEWEST, 0, NEWEST.plusSeconds(1L << 40)))
        .isEqualTo(Step.FOLLOWS);
  }

  @Test
  void rejectsAStepThatIsNoneAndAGapWithinOne() {
    assertThatThrownBy(() -> new Continuity(Optional.of(Duration.ZERO), 10))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Continuity(Optional.empty(), 0.5))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Continuity(Optional.empty(), Double.NaN))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
