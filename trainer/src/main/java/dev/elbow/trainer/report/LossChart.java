package dev.elbow.trainer.report;

import dev.elbow.trainer.report.TrainingReport.LossPoint;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** One part of the loss along the fit, of the fit rows and of the held-out rows. */
final class LossChart {

  /** A minibatch's loss is noisy: the curve is a mean over blocks, of which there are so many. */
  private static final int BLOCKS = 200;

  /** The first rounds are far off; the range of the rest is what there is to see. */
  private static final double HIGHEST_QUANTILE = 0.99;

  private final List<double[]> training;
  private final List<double[]> validation;

  private LossChart(List<double[]> training, List<double[]> validation) {
    this.training = training;
    this.validation = validation;
  }

  static String of(
      List<LossPoint> training,
      List<LossPoint> validation,
      ToDoubleFunction<LossPoint> part,
      OptionalInt keptRound,
      String description) {
    return new LossChart(blocks(training, part), blocks(validation, part))
        .draw(description, keptRound);
  }

  /** Pairs of round and mean over a block. */
  private static List<double[]> blocks(List<LossPoint> points, ToDoubleFunction<LossPoint> part) {
    int size = Math.max(1, (points.size() + BLOCKS - 1) / BLOCKS);
    List<double[]> blocks = new ArrayList<>();
    for (int from = 0; from < points.size(); from += size) {
      List<LossPoint> block = points.subList(from, Math.min(from + size, points.size()));
      blocks.add(
          new double[] {
            block.stream().mapToInt(LossPoint::round).average().orElseThrow(),
            block.stream().mapToDouble(part).average().orElseThrow()
          });
    }
    return blocks;
  }

  private String draw(String description, OptionalInt keptRound) {
    double[] values =
        Stream.concat(training.stream(), validation.stream())
            .mapToDouble(point -> point[1])
            .filter(Double::isFinite)
            .sorted()
            .toArray();
    if (values.length == 0) {
      return "<p>Nothing was recorded.</p>";
    }
    double highest = values[(int) (HIGHEST_QUANTILE * (values.length - 1))];
    double room = 0.05 * (highest - values[0]);
    double lastRound =
        Stream.concat(training.stream(), validation.stream())
            .mapToDouble(point -> point[0])
            .max()
            .orElseThrow();
    var plot =
        new Plot(
            description,
            (from, to) -> Axis.over(0, lastRound, from, to),
            (from, to) -> Axis.over(values[0] - room, highest + room, from, to));
    keptRound.ifPresent(round -> plot.mark("kept", round, "kept: round " + Svg.count(round)));
    plot.svg()
        .path("curve training", outline(plot, training))
        .path("curve validation", outline(plot, validation));
    return plot.labelled("round", "nats per row");
  }

  private static StringBuilder outline(Plot plot, List<double[]> curve) {
    StringBuilder outline = new StringBuilder();
    curve.stream()
        .filter(point -> Arrays.stream(point).allMatch(Double::isFinite))
        .forEach(
            point ->
                outline
                    .append(outline.isEmpty() ? 'M' : 'L')
                    .append(plot.point(point[0], point[1])));
    return outline;
  }
}
