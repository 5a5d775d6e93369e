package dev.elbow.trainer.report;

import dev.elbow.bundle.HeldOutScores;
import dev.elbow.bundle.Threshold;
import java.util.function.DoubleUnaryOperator;

/** The share of held-out rows beyond each high score, and what the threshold makes of it. */
final class TailChart {

  /** Below the median nothing is decided. */
  private static final double HIGHEST_SHARE = 0.5;

  /** More points than this cannot be seen. */
  private static final int MOST_POINTS = 300;

  private TailChart() {}

  /**
   * @param ascending the scores, at least one
   * @param heldOut the same scores
   */
  static String of(double[] ascending, Threshold found, HeldOutScores heldOut, JudgedScore judged) {
    int n = ascending.length;
    double threshold = found.score();
    double falseAlarmRate = found.falseAlarmRate();
    double least = Math.min(falseAlarmRate, 1.0 / n) / 2;
    double from = ascending[(int) ((1 - HIGHEST_SHARE) * (n - 1))];
    double to = Math.max(threshold, ascending[n - 1]);
    var plot =
        new Plot(
            "The share of held-out rows beyond each score",
            (first, last) -> Axis.over(from, to + 0.05 * (to - from), first, last),
            (first, last) -> Axis.ofShares(least, HIGHEST_SHARE, first, last));
    plot.interval(found.confidence());
    plot.svg()
        .line(
            "even",
            Plot.LEFT,
            plot.y().pixel(falseAlarmRate),
            Plot.RIGHT,
            plot.y().pixel(falseAlarmRate));
    plot.svg().path("curve tail", tail(plot, score -> found.tail().probability(score, heldOut)));
    plot.svg().path("dots tail", observed(plot, ascending));
    return plot.mark("threshold", threshold, "threshold").labelled(judged.axis(), "share beyond");
  }

  private static StringBuilder tail(Plot plot, DoubleUnaryOperator tail) {
    StringBuilder outline = new StringBuilder();
    for (int p = 0; p <= 100; p++) {
      double score = plot.x().from() + (plot.x().to() - plot.x().from()) * p / 100;
      double share = tail.applyAsDouble(score);
      outline.append(outline.isEmpty() ? 'M' : 'L').append(plot.point(score, share));
    }
    return outline;
  }

  private static StringBuilder observed(Plot plot, double[] ascending) {
    StringBuilder dots = new StringBuilder();
    int n = ascending.length;
    int every = Math.max(1, n / MOST_POINTS);
    for (int i = n - 1;
        i >= (1 - HIGHEST_SHARE) * (n - 1);
        i -= n - i < MOST_POINTS / 2 ? 1 : every) {
      dots.append('M').append(plot.point(ascending[i], (double) (n - i) / n)).append("h0");
    }
    return dots;
  }
}
