package dev.elbow.trainer.input;

import dev.elbow.trainer.data.ModelRows;
import dev.elbow.trainer.data.Stretches;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * How much consecutive rows of a series resemble each other: of all sensors the largest correlation
 * of a value with the one before it, in size.
 *
 * <p>Of n pairs of independent rows a sensor's correlation is about normal with variance 1/n, so
 * one of D exceeds
 *
 * <pre>
 *   √(2 ln(2 D / α) / n)
 * </pre>
 *
 * <p>with a probability of at most α, however the sensors hang together (the tail of a normal
 * variable is at most 2 exp(−t²/2), and D times that for any of D).
 *
 * @param largest the largest correlation in size, in [0, 1]
 * @param byChance what independent rows hardly exceed
 */
record SerialCorrelation(double largest, double byChance) {

  /** α: how often independent rows may be taken for a series. */
  private static final double ALPHA = 0.05;

  /** A correlation that does not matter, however many rows there are to show it. */
  private static final double LEAST = 0.1;

  /**
   * @param rows all rows of the table in its order, in model units
   */
  static SerialCorrelation of(ModelRows rows, Stretches stretches) {
    return IntStream.range(0, rows.x().columns())
        .mapToObj(d -> of(rows, stretches, d))
        .max(Comparator.comparingDouble(sensor -> sensor.largest() - sensor.byChance()))
        .orElseThrow();
  }

  private static SerialCorrelation of(ModelRows rows, Stretches stretches, int d) {
    double products = 0;
    double squares = 0;
    int pairs = 0;
    for (int[] stretch : stretches.all()) {
      for (int k = 1; k < stretch.length; k++) {
        if (rows.mask().observed(stretch[k - 1], d) && rows.mask().observed(stretch[k], d)) {
          double before = rows.x().get(stretch[k - 1], d);
          double value = rows.x().get(stretch[k], d);
          products += before * value;
          squares += 0.5 * (before * before + value * value);
          pairs++;
        }
      }
    }
    return new SerialCorrelation(
        squares > 0 ? Math.abs(products / squares) : 0,
        Math.sqrt(2 * Math.log(2 * rows.x().columns() / ALPHA) / Math.max(1, pairs)));
  }

  /** Whether the rows are a series and not independent of each other. */
  boolean isSeries() {
    return largest > Math.max(LEAST, byChance);
  }
}
