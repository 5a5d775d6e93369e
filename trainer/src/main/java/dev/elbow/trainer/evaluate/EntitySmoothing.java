package dev.elbow.trainer.evaluate;

import dev.elbow.alarm.Smoothing;
import dev.elbow.trainer.data.SensorTable;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Smooths scores of some of a table's rows, entity by entity in the order of time. Equation (41) of
 * {@code docs/math.md}.
 */
public final class EntitySmoothing implements UnaryOperator<double[]> {

  private final Smoothing smoothing;
  private final List<int[]> series;

  /**
   * @param rows numbers of the rows that are scored, in the order of their scores; not modified
   */
  public EntitySmoothing(Smoothing smoothing, SensorTable table, int[] rows) {
    this.smoothing = smoothing;
    this.series = table.seriesOf(rows);
  }

  /**
   * The smoothed scores.
   *
   * @param scores one per row; not modified
   */
  @Override
  public double[] apply(double[] scores) {
    double[] smoothed = scores.clone();
    for (int[] places : series) {
      double last = Smoothing.NONE;
      for (int place : places) {
        last = smoothing.next(last, scores[place]);
        smoothed[place] = last;
      }
    }
    return smoothed;
  }
}
