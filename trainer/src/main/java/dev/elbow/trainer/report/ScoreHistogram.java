package dev.elbow.trainer.report;

import java.util.Arrays;

/** The held-out scores, counted, and where the threshold lies among them. */
final class ScoreHistogram {

  private static final int WIDTH = 640;
  private static final int HEIGHT = 260;
  private static final int LEFT = 60;
  private static final int RIGHT = 625;
  private static final int TOP = 28;
  private static final int BOTTOM = 220;
  private static final int BINS = 48;

  private ScoreHistogram() {}

  /**
   * @param ascending the scores, at least one
   */
  static String of(double[] ascending, double threshold) {
    double least = Math.min(ascending[0], threshold);
    double greatest = end(ascending, threshold);
    Axis x = Axis.over(least, greatest, LEFT, RIGHT);
    int[] counts = new int[BINS];
    for (double score : ascending) {
      int bin = (int) (BINS * (score - x.from()) / (x.to() - x.from()));
      counts[Math.min(bin, BINS - 1)]++;
    }
    Axis y = Axis.over(0, Arrays.stream(counts).max().orElse(1), BOTTOM, TOP);
    var svg = new Svg(WIDTH, HEIGHT, "Histogram of the held-out scores with the threshold");
    svg.leftAxis(y, LEFT, RIGHT).bottomAxis(x, BOTTOM, BOTTOM + 4);
    double width = (x.to() - x.from()) / BINS;
    for (int b = 0; b < BINS; b++) {
      double from = x.from() + b * width;
      String upTo =
          b == BINS - 1 ? " nats and beyond: " : " to " + Svg.number(from + width) + " nats: ";
      svg.bar(
          "bar",
          x.pixel(from) + 0.5,
          y.pixel(counts[b]),
          x.pixel(from + width) - x.pixel(from) - 1,
          BOTTOM - y.pixel(counts[b]),
          Svg.number(from) + upTo + counts[b] + " rows");
    }
    double at = x.pixel(threshold);
    String side = at > (LEFT + RIGHT) / 2.0 ? "mark end" : "mark";
    return svg.line("threshold", at, TOP - 12, at, BOTTOM)
        .text(
            side,
            at + (side.endsWith("end") ? -6 : 6),
            TOP - 4,
            "threshold " + Svg.number(threshold))
        .text("label end", RIGHT, HEIGHT - 2, "score in nats")
        .close();
  }

  /** One far row must not squeeze all others into one bin: the last bin takes what is beyond. */
  private static double end(double[] ascending, double threshold) {
    double most = Math.max(threshold, ascending[(int) (0.995 * (ascending.length - 1))]);
    double beyond = most + 0.1 * (most - ascending[0]);
    return Math.min(beyond, Math.max(threshold, ascending[ascending.length - 1]));
  }
}
