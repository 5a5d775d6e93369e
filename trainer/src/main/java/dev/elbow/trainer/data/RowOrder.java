package dev.elbow.trainer.data;

import java.util.Optional;
import java.util.stream.IntStream;

/** Puts rows into order without moving them. */
final class RowOrder {

  private RowOrder() {}

  /** Compares two rows by their numbers: negative if the first comes first, 0 if either may. */
  @FunctionalInterface
  interface Comparison {
    int compare(int row, int other);
  }

  /**
   * The numbers of the rows in order; rows that compare as equal keep the order they have. Empty if
   * all do.
   */
  static Optional<int[]> of(int count, Comparison order) {
    if (IntStream.range(1, count).noneMatch(row -> order.compare(row - 1, row) > 0)) {
      return Optional.empty();
    }
    int[] from = IntStream.range(0, count).toArray();
    int[] to = new int[count];
    for (long width = 1; width < count; width *= 2) {
      for (long start = 0; start < count; start += 2 * width) {
        int middle = (int) Math.min(count, start + width);
        merge(from, to, (int) start, middle, (int) Math.min(count, start + 2 * width), order);
      }
      int[] merged = to;
      to = from;
      from = merged;
    }
    return Optional.of(from);
  }

  private static void merge(
      int[] from, int[] to, int start, int middle, int end, Comparison order) {
    int left = start;
    int right = middle;
    for (int k = start; k < end; k++) {
      boolean takeLeft =
          right == end || (left < middle && order.compare(from[left], from[right]) <= 0);
      to[k] = takeLeft ? from[left++] : from[right++];
    }
  }
}
