package dev.elbow.trainer.report;

import dev.elbow.trainer.report.TrainingReport.LossPoint;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One part of the loss along the fit, of the fit rows and of the held-out rows. */
final class LossChart {

  private static final int WIDTH = 640;
  private static final int HEIGHT = 240;
  private static final int LEFT = 60;
  private static final int RIGHT = 625;
  private static final int TOP = 12;
  private static final int BOTTOM = 200;

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
      String description) {
    return new LossChart(blocks(training, part), blocks(validation, part)).draw(description);
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

  private String draw(String description) {
    var svg = new Svg(WIDTH, HEIGHT, description);
    double[] values =
        Stream.concat(training.stream(), validation.stream())
            .mapToDouble(point -> point[1])
            .filter(Double::isFinite)
            .sorted()
            .toArray();
    if (values.length == 0) {
      return svg.text("label middle", WIDTH / 2.0, HEIGHT / 2.0, "nothing was recorded").close();
    }
    double highest = values[(int) (HIGHEST_QUANTILE * (values.length - 1))];
    double lastRound =
        Stream.concat(training.stream(), validation.stream())
            .mapToDouble(point -> point[0])
            .max()
            .orElseThrow();
    double room = 0.05 * (highest - values[0]);
    Axis x = Axis.over(0, lastRound, LEFT, RIGHT);
    Axis y = Axis.over(values[0] - room, highest + room, BOTTOM, TOP);
    svg.leftAxis(y, LEFT, RIGHT).bottomAxis(x, TOP, BOTTOM);
    return svg.polyline("curve training", points(training, x, y))
        .polyline("curve validation", points(validation, x, y))
        .text("label end", RIGHT, HEIGHT - 2, "round")
        .close();
  }

  private static String points(List<double[]> curve, Axis x, Axis y) {
    return curve.stream()
        .filter(point -> Arrays.stream(point).allMatch(Double::isFinite))
        .map(
            point ->
                String.format(
                    Locale.ROOT, "%.1f,%.1f", x.pixel(point[0]), Math.max(TOP, y.pixel(point[1]))))
        .collect(Collectors.joining(" "));
  }
}
