package dev.elbow.trainer.report;

import java.util.List;

/** Horizontal bars with their names and values. */
final class BarChart {

  private static final int WIDTH = 380;
  private static final int LEFT = 60;
  private static final int RIGHT = 310;
  private static final int ROW = 22;
  private static final int LONGEST_NAME = 10;

  /**
   * One bar.
   *
   * @param name beside it
   * @param value its length, at least 0
   * @param faint whether to draw it faintly
   */
  record Bar(String name, double value, boolean faint) {}

  private BarChart() {}

  static String of(List<Bar> bars, String description) {
    double greatest = bars.stream().mapToDouble(Bar::value).max().orElse(0);
    Axis axis = Axis.over(0, Math.max(greatest, 1e-9), LEFT, RIGHT);
    var svg = new Svg(WIDTH, bars.size() * ROW + 8, description);
    for (int i = 0; i < bars.size(); i++) {
      Bar bar = bars.get(i);
      double y = 4.0 + i * ROW;
      double to = axis.pixel(bar.value());
      String number = Svg.number(bar.value());
      svg.text("name end", LEFT - 8, y + 15, Svg.shortened(bar.name(), LONGEST_NAME))
          .bar(
              bar.faint() ? "bar faint" : "bar",
              LEFT,
              y + 3,
              Math.max(1, to - LEFT),
              ROW - 6,
              bar.name() + ": " + number)
          .text("label", to + 6, y + 15, number);
    }
    return svg.line("axis", LEFT, 2, LEFT, bars.size() * ROW + 6.0).close();
  }
}
