package dev.elbow.trainer.report;

import java.util.ArrayList;
import java.util.List;

/**
 * One axis of a chart: numbers to pixels, and where the labels go.
 *
 * @param from the number at the first pixel
 * @param to the number at the last, greater
 * @param firstPixel where the axis begins
 * @param lastPixel where it ends; smaller than the first on an axis that points up
 */
record Axis(double from, double to, double firstPixel, double lastPixel) {

  /** About so many labels. */
  private static final int LABELS = 5;

  /** An axis over a range, widened where it has no extent. */
  static Axis over(double least, double greatest, double firstPixel, double lastPixel) {
    double room = greatest > least ? 0 : Math.max(1, Math.abs(least)) / 2;
    return new Axis(least - room, greatest + room, firstPixel, lastPixel);
  }

  double pixel(double value) {
    return firstPixel + (value - from) / (to - from) * (lastPixel - firstPixel);
  }

  /** Round numbers within the range: multiples of 1, 2 or 5 times a power of ten. */
  List<Double> ticks() {
    double rough = (to - from) / LABELS;
    double power = Math.pow(10, Math.floor(Math.log10(rough)));
    double step =
        power * (rough / power < 1.5 ? 1 : rough / power < 3.5 ? 2 : rough / power < 7.5 ? 5 : 10);
    List<Double> ticks = new ArrayList<>();
    for (long i = (long) Math.ceil(from / step); i * step <= to; i++) {
      ticks.add(i * step);
    }
    return ticks;
  }
}
