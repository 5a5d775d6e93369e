package dev.elbow.trainer.calibrate;

import dev.elbow.bundle.HeldOutScores;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * Scores of normal rows that took no part in the fit, in the order in which they came: what a
 * threshold is found from.
 *
 * <p>The order matters where rows are a series. There high scores come in runs, and a run of ten
 * says little more than one of them would: so many rows are worth fewer independent ones.
 */
public final class CalibrationSample {

  private final List<double[]> series;
  private final boolean dependent;
  private final HeldOutScores scores;

  private CalibrationSample(List<double[]> series, boolean dependent) {
    this.series = series;
    this.dependent = dependent;
    this.scores = HeldOutScores.of(series.stream().flatMapToDouble(DoubleStream::of).toArray());
  }

  /**
   * Scores of rows that are independent of each other.
   *
   * @param scores in nats, finite, at least one; copied
   * @throws IllegalArgumentException if there is none or one is not finite
   */
  public static CalibrationSample ofIndependent(double[] scores) {
    return new CalibrationSample(List.of(scores.clone()), false);
  }

  /**
   * Scores of series of rows.
   *
   * @param series one array per series, each in the order of time, in nats, finite, at least one
   *     score in all; copied
   * @throws IllegalArgumentException if there is no score or one is not finite
   */
  public static CalibrationSample ofSeries(List<double[]> series) {
    return new CalibrationSample(series.stream().map(double[]::clone).toList(), true);
  }

  /** The scores without their order. */
  public HeldOutScores scores() {
    return scores;
  }

  /** How many scores, n. */
  int count() {
    return scores.count();
  }

  /**
   * How many independent scores each one above a level is worth: 1 for independent rows, the
   * extremal index for series.
   *
   * @return in (0, 1]
   */
  double worthAbove(double level) {
    return dependent ? ExtremalIndex.of(series, level) : 1;
  }

  /** How many scores lie above a level. */
  int countAbove(double level) {
    return (int) Arrays.stream(scores.ascending()).filter(score -> score > level).count();
  }
}
