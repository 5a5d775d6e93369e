package dev.elbow.trainer.report;

import dev.elbow.bundle.Confidence;
import java.util.Locale;
import java.util.function.BiFunction;

/**
 * The frame of a chart of two quantities: axes with grid and labels, and what lies within. Charts
 * are small enough to be read on a telephone and stand side by side on a wide screen.
 */
final class Plot {

  static final int WIDTH = 380;
  static final int HEIGHT = 244;
  static final int LEFT = 54;
  static final int RIGHT = 356;
  static final int TOP = 24;
  static final int BOTTOM = 194;

  /** Makes an axis between two pixels. */
  interface Scale extends BiFunction<Integer, Integer, Axis> {}

  private final Svg svg;
  private final Axis x;
  private final Axis y;

  /**
   * @param description for those who cannot see it
   */
  Plot(String description, Scale across, Scale upwards) {
    this.svg = new Svg(WIDTH, HEIGHT, description);
    this.x = across.apply(LEFT, RIGHT);
    this.y = upwards.apply(BOTTOM, TOP);
    svg.leftAxis(y, LEFT, RIGHT).bottomAxis(x, TOP, BOTTOM);
  }

  /** From numbers to pixels across. */
  Axis x() {
    return x;
  }

  /** From numbers to pixels upwards. */
  Axis y() {
    return y;
  }

  /** What is drawn on. */
  Svg svg() {
    return svg;
  }

  /** A point as an SVG path wants it. */
  String point(double across, double up) {
    return String.format(Locale.ROOT, "%.1f %.1f", x.pixel(across), y.pixel(up));
  }

  /** A vertical line with a text at its head, on the side that has more room. */
  Plot mark(String style, double across, String text) {
    double at = x.pixel(across);
    boolean right = at > (LEFT + RIGHT) / 2.0;
    svg.line(style, at, TOP - 8, at, BOTTOM)
        .text(right ? style + "-mark end" : style + "-mark", at + (right ? -5 : 5), TOP - 8, text);
    return this;
  }

  /** Where the threshold may lie, as a band behind what is drawn after it. */
  Plot interval(Confidence confidence) {
    double from = x.pixel(confidence.scoreFrom());
    double to = confidence.scoreTo().map(x::pixel).orElse((double) RIGHT);
    String hint = "%s confidence".formatted(Axis.percent(confidence.level()));
    svg.bar("band", from, TOP, to - from, BOTTOM - TOP, hint);
    return this;
  }

  /** The finished chart. */
  String labelled(String across, String upwards) {
    return svg.text("label end", RIGHT, HEIGHT - 14, across)
        .text("label", 0, TOP - 12, upwards)
        .close();
  }
}
