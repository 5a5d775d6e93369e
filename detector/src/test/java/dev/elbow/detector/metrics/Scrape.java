package dev.elbow.detector.metrics;

import java.util.Map;
import java.util.TreeMap;

/** Reads metrics as Prometheus would. */
public final class Scrape {

  private Scrape() {}

  /** Series to value, each series as the text format writes it. */
  public static Map<String, Double> of(DetectionMetrics metrics) {
    return parse(metrics.scrape("text/plain"));
  }

  /** The same of what /metrics answered. */
  public static Map<String, Double> parse(String text) {
    Map<String, Double> series = new TreeMap<>();
    text.lines()
        .filter(line -> !line.startsWith("#"))
        .forEach(
            line -> {
              int end = line.lastIndexOf(' ');
              series.put(line.substring(0, end), number(line.substring(end + 1)));
            });
    return series;
  }

  private static double number(String text) {
    return switch (text) {
      case "+Inf" -> Double.POSITIVE_INFINITY;
      case "-Inf" -> Double.NEGATIVE_INFINITY;
      default -> Double.parseDouble(text);
    };
  }
}
