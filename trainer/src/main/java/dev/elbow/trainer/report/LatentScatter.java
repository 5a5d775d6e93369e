package dev.elbow.trainer.report;

import dev.elbow.score.Rows;
import dev.elbow.trainer.health.LatentHealth;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Where fit rows and held-out rows lie in the plane of the two most active latents, by their
 * posterior means; the stronger its colour the higher the score of a row. Two circles show one and
 * two standard deviations of the prior.
 */
final class LatentScatter {

  /** More points than this only overprint each other. */
  private static final int MOST_POINTS = 2000;

  /** Where one shade ends and the next begins, as ranks of the score. */
  private static final double[] SHADES = {0.5, 0.8, 0.95};

  private final HeldOutRows rows;
  private final Rows fitMeans;
  private final double[] limits;
  private final double threshold;

  private LatentScatter(HeldOutRows rows, Rows fitMeans, double threshold) {
    this.rows = rows;
    this.fitMeans = fitMeans;
    this.threshold = threshold;
    double[] ascending = rows.judged();
    Arrays.sort(ascending);
    this.limits =
        Arrays.stream(SHADES).map(rank -> ascending[(int) (rank * ascending.length)]).toArray();
  }

  /**
   * The chart; empty where there is only one latent.
   *
   * @param fitMeans posterior means of rows of the fit
   * @param latents of the first member, in order
   */
  static String of(HeldOutRows rows, Rows fitMeans, List<LatentHealth> latents, double threshold) {
    List<Integer> byActivity =
        IntStream.range(0, latents.size())
            .boxed()
            .sorted(Comparator.comparingDouble((Integer k) -> -latents.get(k).activity()))
            .toList();
    return latents.size() < 2
        ? ""
        : new LatentScatter(rows, fitMeans, threshold).draw(byActivity.get(0), byActivity.get(1));
  }

  private String draw(int across, int up) {
    var plot =
        new Plot(
            "The held-out rows in the plane of the two most active latents",
            (from, to) -> axis(across, from, to),
            (from, to) -> axis(up, from, to));
    Axis x = plot.x();
    Axis y = plot.y();
    for (double radius = 1; radius <= 2; radius++) {
      double radiusX = Math.abs(x.pixel(radius) - x.pixel(0));
      double radiusY = Math.abs(y.pixel(radius) - y.pixel(0));
      plot.svg().ellipse("prior", x.pixel(0), y.pixel(0), radiusX, radiusY);
    }
    plot.svg().path("dots fitted", fitted(plot, across, up));
    StringBuilder[] shades = new StringBuilder[SHADES.length + 2];
    Arrays.setAll(shades, shade -> new StringBuilder());
    int points = Math.min(rows.count(), MOST_POINTS);
    for (int p = 0; p < points; p++) {
      int place = (int) ((long) p * rows.count() / points);
      String point = plot.point(rows.latentMean(place, across), rows.latentMean(place, up));
      shades[shade(rows.judged(place))].append('M').append(point).append("h0");
    }
    for (int shade = 0; shade < shades.length; shade++) {
      plot.svg().path("dots shade" + shade, shades[shade]);
    }
    return plot.labelled("μ of z" + (across + 1), "μ of z" + (up + 1));
  }

  private StringBuilder fitted(Plot plot, int across, int up) {
    StringBuilder dots = new StringBuilder();
    int points = Math.min(fitMeans.count(), MOST_POINTS);
    for (int p = 0; p < points; p++) {
      int row = (int) ((long) p * fitMeans.count() / points);
      dots.append('M').append(plot.point(fitMeans.get(row, across), fitMeans.get(row, up)));
      dots.append("h0");
    }
    return dots;
  }

  /** Wide enough for the prior's second circle. */
  private Axis axis(int k, int from, int to) {
    var fitted = IntStream.range(0, fitMeans.count()).mapToDouble(i -> fitMeans.get(i, k));
    var heldOut = IntStream.range(0, rows.count()).mapToDouble(i -> rows.latentMean(i, k));
    var means = DoubleStream.concat(fitted, heldOut).summaryStatistics();
    return Axis.over(Math.min(-2.2, means.getMin()), Math.max(2.2, means.getMax()), from, to);
  }

  private int shade(double score) {
    if (score > threshold) {
      return SHADES.length + 1;
    }
    return (int) Arrays.stream(limits).filter(limit -> score > limit).count();
  }
}
