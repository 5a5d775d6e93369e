package dev.elbow.benchmarks.reliability;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * Whether nothing grew in the course of a soak.
 *
 * <p>The first fifth is warm-up: code is compiled, buffers find their size. Of the rest, the last
 * quarter is compared with the first by medians, which single collections of garbage and a busy
 * machine do not move.
 *
 * @param what is looked at
 * @param unit of the figures
 * @param early median of the first quarter after warm-up
 * @param late median of the last quarter
 * @param most what the late median may be
 */
record Flatness(String what, String unit, double early, double late, double most) {

  private static final double WARM_UP = 0.2;
  private static final double GROWTH = 1.1;
  private static final double MEGABYTE = 1 << 20;

  /** A latency of some milliseconds moves by as much on a busy machine. */
  private static final double SLACK_MS = 20;

  /** All that must be flat. */
  static List<Flatness> of(List<Sample> samples) {
    return List.of(
        of(samples, "resident memory", "MiB", Sample::residentBytes, MEGABYTE, GROWTH, 0),
        of(samples, "open sessions", "", Sample::sessions, 1, 1, 0),
        of(samples, "threads", "", Sample::threads, 1, GROWTH, 1),
        of(samples, "open files", "", Sample::files, 1, GROWTH, 2),
        of(samples, "latency p50", "ms", s -> s.latency().p50(), 1, GROWTH, SLACK_MS),
        of(samples, "latency p99", "ms", s -> s.latency().p99(), 1, 2, SLACK_MS));
  }

  private static Flatness of(
      List<Sample> samples,
      String what,
      String unit,
      ToDoubleFunction<Sample> figure,
      double scale,
      double growth,
      double slack) {
    int first = (int) (WARM_UP * samples.size());
    int quarter = Math.max(1, (samples.size() - first) / 4);
    double early = median(samples.subList(first, first + quarter), figure) / scale;
    double late = median(samples.subList(samples.size() - quarter, samples.size()), figure) / scale;
    return new Flatness(what, unit, early, late, growth * early + slack);
  }

  private static double median(List<Sample> samples, ToDoubleFunction<Sample> figure) {
    List<Double> sorted =
        samples.stream()
            .map(figure::applyAsDouble)
            .filter(Double::isFinite)
            .sorted(Comparator.naturalOrder())
            .toList();
    return sorted.isEmpty() ? Double.NaN : sorted.get(sorted.size() / 2);
  }

  boolean holds() {
    return late <= most;
  }

  /** For a terminal. */
  static String table(List<Flatness> all) {
    String line = "%-16s %10s %10s %10s  %s%n";
    StringBuilder table = new StringBuilder(line.formatted("", "early", "late", "at most", ""));
    all.forEach(
        flat ->
            table.append(
                line.formatted(
                    flat.what(),
                    number(flat.early()),
                    number(flat.late()),
                    number(flat.most()),
                    Stream.of(flat.unit(), flat.holds() ? "" : "NOT flat")
                        .filter(text -> !text.isEmpty())
                        .reduce((a, b) -> a + " " + b)
                        .orElse(""))));
    return table.toString();
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
