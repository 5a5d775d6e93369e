package dev.elbow.trainer.report;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A page of charts of quantities in the course of time, in the style of the training report: one
 * file that needs no network and no script.
 */
public final class TimeCharts {

  private static final double HEADROOM = 1.1;

  private TimeCharts() {}

  /** One moment of a curve. */
  public record Point(double minutes, double value) {}

  /**
   * One chart; its axis begins at 0, so that flat looks flat.
   *
   * @param title what is shown
   * @param explanation what to look for
   * @param unit of the values
   * @param main the curve
   * @param beside a second one that stays in the background; may be empty
   */
  public record Chart(
      String title, String explanation, String unit, List<Point> main, List<Point> beside) {

    /** Copies the lists. */
    public Chart {
      main = List.copyOf(main);
      beside = List.copyOf(beside);
    }
  }

  /** The whole page. */
  public static String page(String title, String summary, List<Chart> charts) {
    return """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>%1$s</title>
        <style>
        %2$s</style>
        </head>
        <body>
        <main>
        <h1>%1$s</h1>
        <p class="soft">%3$s</p>
        <div class="charts">
        %4$s</div>
        </main>
        </body>
        </html>
        """
        .formatted(
            Svg.escape(title),
            ReportStyle.CSS,
            Svg.escape(summary),
            charts.stream().map(TimeCharts::figure).collect(Collectors.joining()));
  }

  private static String figure(Chart chart) {
    return "<figure>\n<h3>%s</h3>\n<figcaption>%s</figcaption>\n%s\n</figure>\n"
        .formatted(Svg.escape(chart.title()), Svg.escape(chart.explanation()), draw(chart));
  }

  private static String draw(Chart chart) {
    double last = chart.main().stream().mapToDouble(Point::minutes).max().orElse(1);
    double highest =
        List.of(chart.main(), chart.beside()).stream()
            .flatMap(List::stream)
            .mapToDouble(Point::value)
            .max()
            .orElse(1);
    Plot plot =
        new Plot(
            chart.title(),
            (from, to) -> Axis.over(0, last, from, to),
            (from, to) -> Axis.over(0, HEADROOM * highest, from, to));
    plot.svg()
        .path("curve training", outline(plot, chart.beside()))
        .path("curve validation", outline(plot, chart.main()));
    return plot.labelled("minutes", chart.unit());
  }

  private static String outline(Plot plot, List<Point> points) {
    return points.isEmpty()
        ? ""
        : points.stream()
            .map(point -> plot.point(point.minutes(), point.value()))
            .collect(Collectors.joining("L", "M", ""));
  }
}
