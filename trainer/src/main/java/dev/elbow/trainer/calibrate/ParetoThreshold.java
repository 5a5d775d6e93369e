package dev.elbow.trainer.calibrate;

import dev.elbow.bundle.Confidence;
import dev.elbow.bundle.Tail;
import dev.elbow.bundle.Threshold;
import java.util.Optional;

/**
 * Peaks over threshold: a threshold from the generalised Pareto tail of the highest held-out
 * scores, for rates below what their number can show by itself.
 *
 * <p>Sources: Siffer, Fouque, Termier and Largouët 2017, "Anomaly Detection in Streams with Extreme
 * Value Theory", KDD (SPOT); Coles 2001, "An Introduction to Statistical Modeling of Extreme
 * Values", chapter 4. The tail is the predictive one, see {@link ParetoPosterior}.
 */
final class ParetoThreshold {

  /** How many times further than the rows themselves their tail is believed. */
  static final double REACH = 10;

  private ParetoThreshold() {}

  /**
   * @param peaks that {@linkplain Peaks#refusal refuse} nothing at this rate
   */
  static Threshold of(CalibrationSample sample, Peaks peaks, double falseAlarmRate) {
    double near = 1 / (1 + peaks.independent());
    ParetoPosterior posterior = ParetoPosterior.of(peaks.excesses(), peaks.worth());
    Tail.GeneralizedPareto tail =
        posterior.tail(peaks.level(), peaks.share(), peaks.count(), near, near / REACH);
    double score = tail.score(falseAlarmRate);
    double independentRows = peaks.worth() * sample.count();
    return new Threshold(
        score,
        falseAlarmRate,
        tail,
        confidence(posterior, peaks, score, falseAlarmRate),
        sample.count(),
        independentRows,
        1 / (REACH * (independentRows + 1)));
  }

  /**
   * From what is not known of scale and shape. That the share of peaks is not known exactly either
   * is left out: its relative error 1/√N is small beside theirs.
   */
  private static Confidence confidence(
      ParetoPosterior posterior, Peaks peaks, double score, double falseAlarmRate) {
    double low = (1 - EmpiricalThreshold.CONFIDENCE) / 2;
    double amongPeaks = falseAlarmRate / peaks.share();
    double excess = score - peaks.level();
    return new Confidence(
        EmpiricalThreshold.CONFIDENCE,
        peaks.level() + posterior.excessQuantile(low, amongPeaks),
        Optional.of(peaks.level() + posterior.excessQuantile(1 - low, amongPeaks)),
        peaks.share() * posterior.survivalQuantile(low, excess),
        peaks.share() * posterior.survivalQuantile(1 - low, excess));
  }
}
