package dev.elbow.detector;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ClockWatchTest {

  private long wallMillis = 1_790_000_000_000L;
  private long nanos = -5;

  private final ClockWatch watch = new ClockWatch(() -> wallMillis, () -> nanos);

  @Test
  void seesNothingWhereBothClocksGoOn() {
    goOn(Duration.ofSeconds(3));

    assertThat(watch.setBack()).isZero();
  }

  @Test
  void tellsByHowMuchTheClockWasSetBackOnce() {
    goOn(Duration.ofSeconds(1));
    wallMillis -= 3_600_000;
    assertThat(watch.setBack()).isEqualTo(Duration.ofHours(1));

    goOn(Duration.ofSeconds(1));
    assertThat(watch.setBack()).isZero();
  }

  @Test
  void tellsForwardJumpAsNegative() {
    wallMillis += 60_000;

    assertThat(watch.setBack()).isEqualTo(Duration.ofMinutes(-1));
  }

  private void goOn(Duration time) {
    wallMillis += time.toMillis();
    nanos += time.toNanos();
  }
}
