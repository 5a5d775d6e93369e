package dev.elbow.benchmarks;

/**
 * One measured figure beside its baseline of the same run.
 *
 * @param name stable, lower case with dots
 * @param value what was measured
 * @param unit of value and baseline
 * @param baseline what it is compared with
 * @param ratio value over baseline; not finite where the baseline is 0
 */
public record Figure(String name, double value, String unit, double baseline, double ratio) {

  /** A figure and its ratio. */
  public static Figure of(String name, double value, String unit, double baseline) {
    return new Figure(name, value, unit, baseline, value / baseline);
  }
}
