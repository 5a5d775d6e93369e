package dev.elbow.trainer.prior;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** Chooses the rows of the fit that exemplars are made of. */
public final class ExemplarSelection {

  private ExemplarSelection() {}

  /**
   * Rows drawn at random without replacement, every set equally likely.
   *
   * @param count how many rows there are to choose from, at least 1
   * @param wanted how many are wanted; all if there are not so many
   * @return their indices, ascending
   */
  public static int[] choose(int count, int wanted, RandomGenerator random) {
    int[] order = IntStream.range(0, count).toArray();
    int chosen = Math.min(wanted, count);
    for (int i = 0; i < chosen; i++) {
      int drawn = random.nextInt(i, count);
      int swap = order[i];
      order[i] = order[drawn];
      order[drawn] = swap;
    }
    return Arrays.stream(order, 0, chosen).sorted().toArray();
  }
}
