package dev.elbow.trainer.health;

import dev.elbow.trainer.calibrate.CalibrationSample;
import dev.elbow.trainer.calibrate.ThresholdMethod;
import dev.elbow.trainer.calibrate.Thresholds;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * Whether a threshold keeps its promise on rows it was not set on: the first half of the held-out
 * rows sets it, the second half is counted. With rows in the order of time that is what happens in
 * operation, so a stream that drifts shows here.
 *
 * @param target the false-alarm rate the threshold was set for, in (0, 1)
 * @param realised the share of the second half beyond it, in [0, 1]
 * @param deviation standard deviation of the realised rate, were all rows independent draws from
 *     one distribution
 */
public record RealisedRate(double target, double realised, double deviation) {

  private static final double[] TARGETS = {0.2, 0.1, 0.05, 0.02, 0.01, 0.005, 0.002, 0.001};

  /**
   * For every rate that half of the rows can show, from the highest.
   *
   * @param scores of held-out rows in order, finite; not modified
   * @param series whether rows next to each other resemble each other
   */
  public static List<RealisedRate> of(double[] scores, boolean series) {
    double[] first = Arrays.copyOfRange(scores, 0, scores.length / 2);
    double[] second = Arrays.copyOfRange(scores, scores.length / 2, scores.length);
    if (first.length == 0) {
      return List.of();
    }
    CalibrationSample sample =
        series
            ? CalibrationSample.ofSeries(List.of(first))
            : CalibrationSample.ofIndependent(first);
    return DoubleStream.of(TARGETS)
        .filter(target -> target * (first.length + 1) >= 1)
        .mapToObj(target -> of(target, sample, second))
        .toList();
  }

  private static RealisedRate of(double target, CalibrationSample first, double[] second) {
    double threshold = Thresholds.of(first, target, ThresholdMethod.AUTO).score();
    long beyond = Arrays.stream(second).filter(score -> score > threshold).count();
    // the luck of the rows that set the threshold, and that of the rows counted
    double variance = target * (1 - target) * (1.0 / first.scores().count() + 1.0 / second.length);
    return new RealisedRate(target, (double) beyond / second.length, Math.sqrt(variance));
  }
}
