package dev.elbow.trainer.calibrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class ExtremalIndexTest {

  /**
   * Above 1: rows 0, 1, 5 and 9, so T = 1, 4, 4. Σ(T − 1) = 6, Σ(T − 1)(T − 2) = 12, θ = 2 · 36/(3
   * · 12) = 2, which counts as 1. Rows 0, 1, 2 and 9: T = 1, 1, 7, Σ(T − 1) = 6, Σ(T − 1)(T − 2) =
   * 30, θ = 2 · 36/(3 · 30) = 0.8.
   */
  @Test
  void isComputedFromTheGaps() {
    double[] even = {2, 2, 0, 0, 0, 2, 0, 0, 0, 2};
    double[] uneven = {2, 2, 2, 0, 0, 0, 0, 0, 0, 2};

    assertThat(ExtremalIndex.of(List.of(even), 1)).isEqualTo(1);
    assertThat(ExtremalIndex.of(List.of(uneven), 1)).isCloseTo(0.8, within(1e-12));
  }

  /** T = 1, 2: 2 · 3²/(2 · 5) = 1.8; T = 1 alone: 2 · 1/(1 · 1). */
  @Test
  void countsShortGapsAsTheyAre() {
    assertThat(ExtremalIndex.of(List.of(new double[] {2, 2, 0, 2}), 1)).isEqualTo(1);
    assertThat(ExtremalIndex.of(List.of(new double[] {2, 2}), 1)).isEqualTo(1);
  }

  @Test
  void seesNoGapBetweenSeries() {
    double[] uneven = {2, 2, 2, 0, 0, 0, 0, 0, 0, 2};
    double[] other = {2, 0, 0};

    assertThat(ExtremalIndex.of(List.of(uneven, other), 1)).isCloseTo(0.8, within(1e-12));
    assertThat(ExtremalIndex.of(List.of(other, other), 1)).isEqualTo(1);
  }

  /**
   * The moving maximum of m independent values has θ = 1/m. 20 000 rows, 2 % above the level: some
   * 400/m runs, so a standard error of about 1/m · √(m/400), here below 0.03.
   */
  @Test
  void isOneOverTheLengthOfRuns() {
    double[] independent = uniform(20_000);
    double[] inRuns = new double[independent.length - 3];
    for (int i = 0; i < inRuns.length; i++) {
      inRuns[i] =
          Math.max(
              Math.max(independent[i], independent[i + 1]),
              Math.max(independent[i + 2], independent[i + 3]));
    }

    assertThat(ExtremalIndex.of(List.of(independent), 0.98)).isCloseTo(1, within(0.09));
    assertThat(ExtremalIndex.of(List.of(inRuns), 0.995)).isCloseTo(0.25, within(0.09));
  }

  private static double[] uniform(int count) {
    SplittableRandom random = new SplittableRandom(3);
    return DoubleStream.generate(random::nextDouble).limit(count).toArray();
  }
}
