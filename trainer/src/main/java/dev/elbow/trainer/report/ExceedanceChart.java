package dev.elbow.trainer.report;

import java.util.Arrays;

/**
 * How many held-out rows have exceeded a level by each point of their order, beside the straight
 * line that a steady stream follows. The level is one that enough rows exceed to see the shape.
 */
final class ExceedanceChart {

  /** Fewer exceedances than this make a staircase, not a curve. */
  private static final int ENOUGH = 30;

  /** More points than this cannot be seen. */
  private static final int MOST_POINTS = 400;

  private ExceedanceChart() {}

  /** The rate whose level is drawn: the one asked for, or a higher one that shows a curve. */
  static double rate(int rows, double falseAlarmRate) {
    return Math.min(0.5, Math.max(falseAlarmRate, (double) ENOUGH / rows));
  }

  static String of(double[] scores, double falseAlarmRate, JudgedScore judged) {
    double[] ascending = scores.clone();
    Arrays.sort(ascending);
    int expected = (int) Math.round(rate(scores.length, falseAlarmRate) * scores.length);
    double level = ascending[Math.max(0, scores.length - 1 - expected)];
    int total = (int) Arrays.stream(scores).filter(score -> score > level).count();
    var plot =
        new Plot(
            "Rows beyond a high score, counted along the held-out rows",
            (from, to) -> Axis.over(0, scores.length, from, to),
            (from, to) -> Axis.over(0, Math.max(1, total) * 1.1, from, to));
    plot.svg().path("even", "M" + plot.point(0, 0) + "L" + plot.point(scores.length, total));
    plot.svg().path("curve validation", counted(plot, scores, level));
    return plot.labelled("held-out row", "rows beyond " + Svg.number(level) + " " + judged.unit());
  }

  private static StringBuilder counted(Plot plot, double[] scores, double level) {
    StringBuilder outline = new StringBuilder("M").append(plot.point(0, 0));
    int every = Math.max(1, scores.length / MOST_POINTS);
    int count = 0;
    for (int i = 0; i < scores.length; i++) {
      count += scores[i] > level ? 1 : 0;
      if ((i + 1) % every == 0 || i + 1 == scores.length) {
        outline.append('L').append(plot.point(i + 1, count));
      }
    }
    return outline;
  }
}
