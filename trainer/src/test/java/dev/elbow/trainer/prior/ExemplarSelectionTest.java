package dev.elbow.trainer.prior;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ExemplarSelectionTest {

  @Test
  void choosesDistinctRowsInOrder() {
    int[] chosen = ExemplarSelection.choose(50, 20, new SplittableRandom(1));

    assertThat(chosen).hasSize(20).isSorted().doesNotHaveDuplicates();
    assertThat(Arrays.stream(chosen)).allMatch(row -> row >= 0 && row < 50);
  }

  @Test
  void takesAllRowsWhereThereAreFewer() {
    int[] chosen = ExemplarSelection.choose(5, 20, new SplittableRandom(1));

    assertThat(chosen).containsExactly(0, 1, 2, 3, 4);
  }

  /** Each row has chance ½; the count over 4000 draws has a standard deviation of 32. */
  @Test
  void givesEveryRowTheSameChance() {
    var random = new SplittableRandom(2);
    int[] count = new int[4];

    for (int i = 0; i < 4000; i++) {
      Arrays.stream(ExemplarSelection.choose(4, 2, random)).forEach(row -> count[row]++);
    }

    assertThat(IntStream.of(count)).allMatch(times -> Math.abs(times - 2000) < 4 * 32);
  }

  @Test
  void repeatsItsChoiceForTheSameSeed() {
    assertThat(ExemplarSelection.choose(100, 10, new SplittableRandom(3)))
        .isEqualTo(ExemplarSelection.choose(100, 10, new SplittableRandom(3)))
        .isNotEqualTo(ExemplarSelection.choose(100, 10, new SplittableRandom(4)));
  }
}
