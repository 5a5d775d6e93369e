package dev.elbow.benchmarks.quality;

import dev.elbow.trainer.data.SensorTable;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The sensors of which it can be asked whether they are blamed rightly: those that vary, and that
 * no other sensor copies.
 *
 * <p>In standard deviations nothing can be added to a sensor that never moved. And where two
 * sensors read the same but for a factor, as radius and perimeter of a circle do, a fault is seen
 * in that they disagree, which says nothing of which one is wrong: whoever is blamed, it is a toss.
 * Both are left out as culprits; the model sees them all the same, and may blame them wrongly.
 */
final class BlamableSensors {

  /** Two sensors whose correlation is larger in size are copies of each other. */
  static final double COPY = 0.99;

  private BlamableSensors() {}

  /**
   * Finds them.
   *
   * @param train of which the rows labelled normal, with every sensor observed, are looked at
   * @return columns of the table, ascending
   */
  static int[] of(SensorTable train) {
    double[][] z =
        IntStream.range(0, train.features())
            .mapToObj(d -> standardised(train, completeRows(train), d))
            .toArray(double[][]::new);
    return IntStream.range(0, z.length)
        .filter(d -> z[d].length > 0)
        .filter(
            d ->
                IntStream.range(0, z.length)
                    .noneMatch(other -> other != d && Math.abs(product(z[d], z[other])) > COPY))
        .toArray();
  }

  private static int[] completeRows(SensorTable table) {
    return Arrays.stream(table.normalRows())
        .filter(i -> Arrays.stream(table.row(i)).noneMatch(Double::isNaN))
        .toArray();
  }

  /** Values with mean 0 and length 1; none for a constant. */
  private static double[] standardised(SensorTable table, int[] rows, int d) {
    double[] values = Arrays.stream(rows).mapToDouble(i -> table.value(i, d)).toArray();
    double mean = Arrays.stream(values).average().orElse(0);
    double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
    // below this the differences are rounding of the values themselves
    double least = Math.ulp(mean) * Math.ulp(mean) * values.length;
    return squares > least
        ? Arrays.stream(values).map(v -> (v - mean) / Math.sqrt(squares)).toArray()
        : new double[0];
  }

  private static double product(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < Math.min(a.length, b.length); i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
