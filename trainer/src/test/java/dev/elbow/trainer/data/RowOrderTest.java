package dev.elbow.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RowOrderTest {

  @Test
  void leavesRowsInPlaceThatAreInOrder() {
    assertThat(RowOrder.of(3, Integer::compare)).isEmpty();
    assertThat(RowOrder.of(3, (row, other) -> 0)).isEmpty();
    assertThat(RowOrder.of(0, Integer::compare)).isEmpty();
  }

  @Test
  void ordersAsAStableSortDoes() {
    SplittableRandom random = new SplittableRandom(1);
    for (int count = 2; count < 200; count++) {
      int[] keys = random.ints(count, 0, count / 2 + 1).toArray();
      keys[0] = count; // out of order for sure

      int[] order =
          RowOrder.of(count, (row, other) -> Integer.compare(keys[row], keys[other])).orElseThrow();

      int[] expected =
          IntStream.range(0, count)
              .boxed()
              .sorted(Comparator.comparingInt(row -> keys[row]))
              .mapToInt(Integer::intValue)
              .toArray();
      assertThat(order).containsExactly(expected);
    }
  }
}
