package dev.elbow.trainer.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;

/**
 * One axis of a chart: numbers to pixels, and where the labels go.
 *
 * @param from the number at the first pixel; on a logarithmic axis its decimal logarithm
 * @param to the number at the last, greater
 * @param firstPixel where the axis begins
 * @param lastPixel where it ends; smaller than the first on an axis that points up
 * @param logarithmic whether equal ratios are equally far apart
 */
record Axis(double from, double to, double firstPixel, double lastPixel, boolean logarithmic) {

  /** About so many labels. */
  private static final int LABELS = 5;

  /** An axis over a range, widened where it has no extent. */
  static Axis over(double least, double greatest, double firstPixel, double lastPixel) {
    double room = greatest > least ? 0 : Math.max(1, Math.abs(least)) / 2;
    return new Axis(least - room, greatest + room, firstPixel, lastPixel, false);
  }

  /** A logarithmic axis over shares, both positive and different. */
  static Axis ofShares(double least, double greatest, double firstPixel, double lastPixel) {
    return new Axis(Math.log10(least), Math.log10(greatest), firstPixel, lastPixel, true);
  }

  /** Where a number lies; what is beyond either end lies at that end. */
  double pixel(double value) {
    double at = logarithmic ? Math.log10(value) : value;
    double within = Math.max(from, Math.min(at, to));
    return firstPixel + (within - from) / (to - from) * (lastPixel - firstPixel);
  }

  /**
   * Round numbers within the range: multiples of 1, 2 or 5 times a power of ten, powers of ten on a
   * logarithmic axis.
   */
  List<Double> ticks() {
    double rough = (to - from) / LABELS;
    double power = Math.pow(10, Math.floor(Math.log10(rough)));
    double step =
        power * (rough / power < 1.5 ? 1 : rough / power < 3.5 ? 2 : rough / power < 7.5 ? 5 : 10);
    step = logarithmic ? 1 : step;
    List<Double> ticks = new ArrayList<>();
    for (long i = (long) Math.ceil(from / step - 1e-9); i * step <= to + 1e-9 * step; i++) {
      ticks.add(logarithmic ? Math.pow(10, (double) i) : i * step);
    }
    return ticks;
  }

  /** A tick as text. */
  String label(double tick) {
    return logarithmic ? percent(tick) : Svg.number(tick);
  }

  /** A share as a percentage, in three digits or fewer. */
  static String percent(double share) {
    BigDecimal percentage = BigDecimal.valueOf(100 * share).round(new MathContext(3));
    return percentage.stripTrailingZeros().toPlainString() + " %";
  }
}
