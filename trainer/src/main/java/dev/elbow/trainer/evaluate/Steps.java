package dev.elbow.trainer.evaluate;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** Rows grouped by equal score, highest first: the steps a falling threshold takes. */
final class Steps {

  private final int[] rows;
  private final int[] starts;

  private Steps(int[] rows, int[] starts) {
    this.rows = rows;
    this.starts = starts;
  }

  /**
   * @param scores not NaN; not modified
   * @throws IllegalArgumentException if a score is NaN
   */
  static Steps descending(double[] scores) {
    if (Arrays.stream(scores).anyMatch(Double::isNaN)) {
      throw new IllegalArgumentException("scores: expected numbers, found NaN");
    }
    int[] rows =
        IntStream.range(0, scores.length)
            .boxed()
            .sorted(Comparator.comparingDouble((Integer i) -> scores[i]).reversed())
            .mapToInt(Integer::intValue)
            .toArray();
    IntStream starts =
        IntStream.range(0, rows.length)
            .filter(k -> k == 0 || scores[rows[k]] != scores[rows[k - 1]]);
    return new Steps(rows, IntStream.concat(starts, IntStream.of(rows.length)).toArray());
  }

  /** How many distinct scores there are. */
  int count() {
    return starts.length - 1;
  }

  /** The rows of one score. */
  int[] rows(int step) {
    return Arrays.copyOfRange(rows, starts[step], starts[step + 1]);
  }
}
