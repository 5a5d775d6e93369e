package dev.elbow.trainer.report;

import java.util.List;

/** Horizontal bars with their names and values. */
final class BarChart {

  private static final int WIDTH = 640;
  private static final int LEFT = 170;
  private static final int RIGHT = 570;
  private static final int ROW = 22;
  private static final int LONGEST_NAME = 24;

  /**
   * One bar.
   *
   * @param name beside it
   * @param value its length, in nats; may be negative
   */
  record Bar(String name, double value) {}

  private BarChart() {}

  /**
   * @param faintBelow bars with values below are drawn faint
   */
  static String of(List<Bar> bars, String description, double faintBelow) {
    double least = Math.min(0, bars.stream().mapToDouble(Bar::value).min().orElse(0));
    double greatest = Math.max(0, bars.stream().mapToDouble(Bar::value).max().orElse(0));
    Axis axis = Axis.over(least, Math.max(greatest, least + 1e-9), LEFT, RIGHT);
    var svg = new Svg(WIDTH, bars.size() * ROW + 8, description);
    for (int i = 0; i < bars.size(); i++) {
      Bar bar = bars.get(i);
      double y = 4.0 + i * ROW;
      double from = Math.min(axis.pixel(0), axis.pixel(bar.value()));
      double to = Math.max(axis.pixel(0), axis.pixel(bar.value()));
      String hint = bar.name() + ": " + Svg.number(bar.value()) + " nats";
      svg.text("name end", LEFT - 10, y + 15, shortened(bar.name()))
          .bar(
              bar.value() < faintBelow ? "bar faint" : "bar",
              from,
              y + 3,
              Math.max(1, to - from),
              ROW - 6,
              hint)
          .text("label", to + 6, y + 15, Svg.number(bar.value()));
    }
    return svg.line("axis", axis.pixel(0), 2, axis.pixel(0), bars.size() * ROW + 6.0).close();
  }

  private static String shortened(String name) {
    return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME - 1) + "…";
  }
}
