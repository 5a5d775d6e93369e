package dev.elbow.trainer.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RealisedRateTest {

  /**
   * The first half is 1 to 99, so the rank ⌈100 · 0.9⌉ puts the threshold for 10 % at 90. Of the
   * second half, 41 to 140, one half lies beyond.
   */
  @Test
  void isAsCountedByHand() {
    double[] scores = new double[99 + 100];
    Arrays.setAll(scores, i -> i < 99 ? i + 1 : i - 58);

    RealisedRate rate = RealisedRate.of(scores, false).get(1);

    assertThat(rate.target()).isEqualTo(0.1);
    assertThat(rate.realised()).isEqualTo(0.5);
    assertThat(rate.deviation()).isCloseTo(Math.sqrt(0.09 * (1.0 / 99 + 0.01)), within(1e-12));
  }

  /** 500 rows set the threshold: 0.2 % is the lowest rate they can show. */
  @Test
  void asksOnlyForRatesThatTheRowsCanShow() {
    assertThat(RealisedRate.of(independent(1000), false))
        .extracting(RealisedRate::target)
        .containsExactly(0.2, 0.1, 0.05, 0.02, 0.01, 0.005, 0.002);
    assertThat(RealisedRate.of(new double[] {1}, false)).isEmpty();
  }

  @Test
  void independentRowsKeepThePromise() {
    assertThat(RealisedRate.of(independent(20_000), false))
        .allSatisfy(
            rate ->
                assertThat(rate.realised()).isCloseTo(rate.target(), within(4 * rate.deviation())));
  }

  private static double[] independent(int rows) {
    SplittableRandom random = new SplittableRandom(3);
    return random.doubles(rows).toArray();
  }
}
