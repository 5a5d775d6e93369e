package dev.elbow.trainer.report;

import dev.elbow.trainer.health.RealisedRate;
import java.util.List;

/** The false-alarm rates asked for against those that come true on rows not used for them. */
final class ReliabilityChart {

  private static final double HIGHEST = 1;

  /** Of a normal distribution, 95 % lie within so many standard deviations. */
  private static final double BAND = 1.96;

  private ReliabilityChart() {}

  /**
   * @param rates from the highest; the chart is empty where there is none
   */
  static String of(List<RealisedRate> rates) {
    if (rates.isEmpty()) {
      return "";
    }
    double least = rates.get(rates.size() - 1).target() / 2;
    Plot.Scale scale = (from, to) -> Axis.ofShares(least, HIGHEST, from, to);
    var plot = new Plot("False-alarm rates asked for and realised", scale, scale);
    plot.svg().path("band", band(plot, rates));
    plot.svg().path("even", "M" + plot.point(least, least) + "L" + plot.point(HIGHEST, HIGHEST));
    StringBuilder curve = new StringBuilder();
    for (RealisedRate rate : rates) {
      String point = plot.point(rate.target(), Math.max(least, rate.realised()));
      curve.append(curve.isEmpty() ? "M" : "L").append(point);
      String hint =
          "asked for %s, realised %s"
              .formatted(Axis.percent(rate.target()), Axis.percent(rate.realised()));
      plot.svg().path("spot", "M" + point + "h0", hint);
    }
    plot.svg().path("curve validation", curve);
    return plot.labelled("asked for", "realised");
  }

  private static String band(Plot plot, List<RealisedRate> rates) {
    StringBuilder above = new StringBuilder();
    StringBuilder below = new StringBuilder();
    for (RealisedRate rate : rates) {
      double half = BAND * rate.deviation();
      above
          .append(above.isEmpty() ? "M" : "L")
          .append(plot.point(rate.target(), rate.target() + half));
      double least = Math.max(Double.MIN_NORMAL, rate.target() - half);
      below.insert(0, "L" + plot.point(rate.target(), least));
    }
    return above.append(below).append('Z').toString();
  }
}
