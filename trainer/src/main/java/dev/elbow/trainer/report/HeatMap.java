package dev.elbow.trainer.report;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Sensor by time: how far each sensor's contribution lay above what is usual for it, along the
 * held-out rows, with the score above on the same axis. Neighbouring rows are averaged so that a
 * million fit.
 */
final class HeatMap {

  /** Columns that can be told apart. */
  static final int MOST_COLUMNS = 200;

  /** Sensors that can be read; of more, those that stand out most are shown. */
  static final int MOST_SENSORS = 40;

  /** Where one shade ends and the next begins, nats above the sensor's median. */
  static final double[] SHADES = {0.3, 1, 3, 10, 30};

  private static final int WIDTH = 940;
  private static final int LEFT = 150;
  private static final int RIGHT = 912;
  private static final int TOP = 26;
  private static final int SCORE_BOTTOM = 96;
  private static final int CELLS_TOP = 108;
  private static final int CELL = 15;
  private static final int LONGEST_NAME = 22;

  private final HeldOutRows rows;
  private final List<String> sensors;
  private final double threshold;
  private final JudgedScore judged;
  private final int columns;
  private final double[][] excess;

  private HeatMap(HeldOutRows rows, List<String> sensors, double threshold, JudgedScore judged) {
    this.rows = rows;
    this.sensors = sensors;
    this.threshold = threshold;
    this.judged = judged;
    this.columns = Math.min(MOST_COLUMNS, rows.count());
    this.excess =
        IntStream.range(0, sensors.size()).mapToObj(this::excess).toArray(double[][]::new);
  }

  static String of(HeldOutRows rows, List<String> sensors, double threshold, JudgedScore judged) {
    return new HeatMap(rows, sensors, threshold, judged).draw();
  }

  /** Of each column, NaN where the sensor was missing throughout. */
  private double[] excess(int d) {
    double[] means = IntStream.range(0, columns).mapToDouble(c -> mean(c, d)).toArray();
    double[] ascending = Arrays.stream(means).filter(Double::isFinite).sorted().toArray();
    double usual = ascending.length == 0 ? 0 : ascending[ascending.length / 2];
    return Arrays.stream(means).map(mean -> mean - usual).toArray();
  }

  /** Over the rows of a column in which the sensor took part: 0 is the mark of one that did not. */
  private double mean(int column, int d) {
    return rows.blamed(first(column), first(column + 1)).stream()
        .mapToDouble(blame -> blame.contribution(d))
        .filter(nats -> nats != 0 && Double.isFinite(nats))
        .average()
        .orElse(Double.NaN);
  }

  /** The first row of a column. */
  private int first(int column) {
    return (int) ((long) column * rows.count() / columns);
  }

  private String draw() {
    int[] shown = shown();
    int bottom = CELLS_TOP + shown.length * CELL;
    var svg = new Svg(WIDTH, bottom + 46, "Contribution of each sensor along the held-out rows");
    Axis x = Axis.over(0, rows.count(), LEFT, RIGHT);
    scores(svg, x);
    svg.bottomAxis(x, bottom, bottom + 4);
    StringBuilder[] shades = new StringBuilder[SHADES.length];
    Arrays.setAll(shades, shade -> new StringBuilder());
    for (int s = 0; s < shown.length; s++) {
      double y = CELLS_TOP + (double) s * CELL;
      svg.text("name end", LEFT - 8, y + CELL - 3.5, Svg.shortened(name(shown[s]), LONGEST_NAME));
      cells(shades, x, y, excess[shown[s]]);
    }
    for (int shade = 0; shade < SHADES.length; shade++) {
      svg.path("heat" + shade, shades[shade]);
    }
    for (int s = 0; s < shown.length; s++) {
      svg.bar("hover", LEFT, CELLS_TOP + (double) s * CELL, RIGHT - LEFT, CELL, hint(shown[s]));
    }
    rows.first().ifPresent(time -> svg.text("label", LEFT, bottom + 38, time.toString()));
    rows.last().ifPresent(time -> svg.text("label end", RIGHT, bottom + 38, time.toString()));
    return svg.text("label middle", (LEFT + RIGHT) / 2.0, bottom + 38, "held-out row").close();
  }

  /** Neighbouring cells of one shade are one rectangle. */
  private void cells(StringBuilder[] shades, Axis x, double y, double[] excess) {
    for (int from = 0, to; from < columns; from = to) {
      int shade = shade(excess[from]);
      to = from + 1;
      while (to < columns && shade(excess[to]) == shade) {
        to++;
      }
      if (shade >= 0) {
        double left = x.pixel(first(from));
        double width = x.pixel(first(to)) - left;
        shades[shade].append(
            String.format(
                Locale.ROOT, "M%.1f %.1fh%.1fv%dh-%.1fz", left, y, width, CELL - 1, width));
      }
    }
  }

  /** −1 where there is nothing to shade. */
  private static int shade(double nats) {
    return (int) Arrays.stream(SHADES).filter(limit -> nats >= limit).count() - 1;
  }

  /** In the order of the sensors. */
  private int[] shown() {
    return IntStream.range(0, sensors.size())
        .boxed()
        .sorted(Comparator.comparingDouble((Integer d) -> -highest(d)))
        .limit(MOST_SENSORS)
        .mapToInt(Integer::intValue)
        .sorted()
        .toArray();
  }

  private double highest(int d) {
    return Arrays.stream(excess[d]).filter(Double::isFinite).max().orElse(0);
  }

  private String name(int d) {
    return sensors.get(d);
  }

  private String hint(int d) {
    return "%s: at most %s nats above its median".formatted(sensors.get(d), Svg.number(highest(d)));
  }

  /** The mean and the highest score of each column. */
  private void scores(Svg svg, Axis x) {
    double[] means = new double[columns];
    double[] highest = new double[columns];
    for (int c = 0; c < columns; c++) {
      var column = IntStream.range(first(c), first(c + 1)).mapToDouble(rows::judged);
      var statistics = column.summaryStatistics();
      means[c] = statistics.getAverage();
      highest[c] = statistics.getMax();
    }
    double least = Math.min(threshold, Arrays.stream(means).min().orElseThrow());
    double most = Math.max(threshold, quantile(highest, 0.98));
    Axis y = Axis.over(least, most + 0.1 * (most - least), SCORE_BOTTOM, TOP);
    svg.leftAxis(y, LEFT, RIGHT);
    svg.path("curve training", outline(x, y, highest));
    svg.path("curve validation", outline(x, y, means));
    double at = y.pixel(threshold);
    svg.line("threshold", LEFT, at, RIGHT, at)
        .text("label", 0, TOP - 12, judged.axis())
        .text("threshold-mark end", RIGHT, at - 4, "threshold");
  }

  private String outline(Axis x, Axis y, double[] values) {
    StringBuilder outline = new StringBuilder();
    for (int c = 0; c < columns; c++) {
      double middle = (first(c) + first(c + 1)) / 2.0;
      outline.append(
          String.format(
              Locale.ROOT, "%s%.1f %.1f", c == 0 ? "M" : "L", x.pixel(middle), y.pixel(values[c])));
    }
    return outline.toString();
  }

  private static double quantile(double[] values, double rank) {
    double[] ascending = values.clone();
    Arrays.sort(ascending);
    return ascending[(int) (rank * (ascending.length - 1))];
  }
}
