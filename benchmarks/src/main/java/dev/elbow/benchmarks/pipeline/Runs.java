package dev.elbow.benchmarks.pipeline;

import dev.elbow.benchmarks.Figure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What was measured, run by run: what is compared was measured in turn. */
final class Runs {

  private final Map<String, List<Double>> values = new LinkedHashMap<>();

  /** Adds a value to those of that name. */
  void add(String name, double value) {
    values.computeIfAbsent(name, absent -> new ArrayList<>()).add(value);
  }

  double median(String name) {
    return median(of(name));
  }

  double least(String name) {
    return Arrays.stream(of(name)).min().orElse(Double.NaN);
  }

  double most(String name) {
    return Arrays.stream(of(name)).max().orElse(Double.NaN);
  }

  /** The names, in the order in which they were first measured. */
  List<String> names() {
    return List.copyOf(values.keySet());
  }

  /**
   * A figure beside its baseline: the medians of both, and the median of their ratios run by run,
   * which what else the machine does from run to run moves less.
   */
  Figure figure(String figure, String value, String unit, String baseline) {
    double[] over = of(value);
    double[] under = of(baseline);
    double[] ratios = new double[Math.min(over.length, under.length)];
    for (int i = 0; i < ratios.length; i++) {
      ratios[i] = over[i] / under[i];
    }
    return new Figure(figure, median(over), unit, median(under), median(ratios));
  }

  private double[] of(String name) {
    return values.getOrDefault(name, List.of()).stream().mapToDouble(value -> value).toArray();
  }

  private static double median(double[] values) {
    double[] ascending = values.clone();
    Arrays.sort(ascending);
    int middle = ascending.length / 2;
    return ascending.length % 2 == 1
        ? ascending[middle]
        : 0.5 * (ascending[middle - 1] + ascending[middle]);
  }
}
