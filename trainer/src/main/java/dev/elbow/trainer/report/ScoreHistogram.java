package dev.elbow.trainer.report;

import dev.elbow.bundle.Threshold;
import java.util.Arrays;

/** The held-out scores, counted, and where the threshold lies among them. */
final class ScoreHistogram {

  private static final int BINS = 40;

  private ScoreHistogram() {}

  /**
   * @param ascending the scores, at least one
   */
  static String of(double[] ascending, Threshold found, JudgedScore judged) {
    double threshold = found.score();
    double least = Math.min(ascending[0], threshold);
    double greatest = end(ascending, threshold);
    Axis range = Axis.over(least, greatest, Plot.LEFT, Plot.RIGHT);
    int[] counts = new int[BINS];
    for (double score : ascending) {
      int bin = (int) (BINS * (score - range.from()) / (range.to() - range.from()));
      counts[Math.min(bin, BINS - 1)]++;
    }
    int most = Arrays.stream(counts).max().orElse(1);
    var plot =
        new Plot(
            "Histogram of the held-out scores with the threshold",
            (from, to) -> Axis.over(least, greatest, from, to),
            (from, to) -> Axis.over(0, most, from, to));
    plot.interval(found.confidence());
    double width = (range.to() - range.from()) / BINS;
    for (int b = 0; b < BINS; b++) {
      bar(plot, range.from() + b * width, width, counts[b], b == BINS - 1, judged.unit());
    }
    return plot.mark("threshold", threshold, "threshold " + Svg.number(threshold))
        .labelled(judged.axis(), "rows");
  }

  private static void bar(
      Plot plot, double from, double width, int count, boolean last, String unit) {
    String upTo =
        last
            ? " %s and beyond: ".formatted(unit)
            : " to %s %s: ".formatted(Svg.number(from + width), unit);
    double left = plot.x().pixel(from);
    double right = plot.x().pixel(from + width);
    double top = plot.y().pixel(count);
    String hint = Svg.number(from) + upTo + Svg.count(count) + " rows";
    plot.svg().bar("bar", left + 0.5, top, right - left - 1, Plot.BOTTOM - top, hint);
  }

  /** One far row must not squeeze all others into one bin: the last bin takes what is beyond. */
  private static double end(double[] ascending, double threshold) {
    double most = Math.max(threshold, ascending[(int) (0.995 * (ascending.length - 1))]);
    double beyond = most + 0.1 * (most - ascending[0]);
    return Math.min(beyond, Math.max(threshold, ascending[ascending.length - 1]));
  }
}
