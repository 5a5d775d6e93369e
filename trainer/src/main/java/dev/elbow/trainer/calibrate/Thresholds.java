package dev.elbow.trainer.calibrate;

import dev.elbow.bundle.Tail;
import dev.elbow.bundle.Threshold;
import dev.elbow.input.InvalidInputException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Optional;

/**
 * From held-out scores and a false-alarm rate to a threshold, without labels.
 *
 * <p>Where there are enough rows for the rate the {@linkplain EmpiricalThreshold empirical
 * quantile} is taken, for it assumes nothing of the scores. Where there are not, the {@linkplain
 * ParetoThreshold Pareto tail} carries on beyond them. Where there are too few even for that the
 * largest score is the threshold, and {@link #warning} says which rate the rows support. Rows that
 * are a series count for as many independent ones as they are worth.
 */
public final class Thresholds {

  private Thresholds() {}

  /**
   * The threshold for a false-alarm rate.
   *
   * @param falseAlarmRate the share of normal observations that may exceed it, in (0, 1)
   * @throws IllegalArgumentException if the rate is not in (0, 1)
   * @throws InvalidInputException if a Pareto tail is demanded and there are too few peaks for it
   */
  public static Threshold of(
      CalibrationSample sample, double falseAlarmRate, ThresholdMethod method) {
    if (!(falseAlarmRate > 0 && falseAlarmRate < 1)) {
      throw new IllegalArgumentException(
          "false-alarm rate: expected a number between 0 and 1, found " + falseAlarmRate);
    }
    Peaks peaks = Peaks.of(sample);
    Threshold empirical = EmpiricalThreshold.of(sample, falseAlarmRate, peaks.worth());
    Optional<String> refusal = peaks.refusal(falseAlarmRate);
    if (method == ThresholdMethod.PARETO && refusal.isPresent()) {
      throw new InvalidInputException(
          String.format(
              Locale.ROOT,
              "%s; the rows support a false-alarm rate of %.2g: hold out more rows, or take the"
                  + " empirical threshold",
              refusal.get(),
              empirical.lowestSupportedRate()));
    }
    boolean pareto =
        switch (method) {
          case AUTO -> !empirical.supported() && refusal.isEmpty();
          case EMPIRICAL -> false;
          case PARETO -> true;
        };
    return pareto ? ParetoThreshold.of(sample, peaks, falseAlarmRate) : empirical;
  }

  /**
   * The threshold that settings ask for.
   *
   * @throws InvalidInputException if a Pareto tail is demanded and there are too few peaks for it
   */
  public static Threshold of(CalibrationSample sample, ThresholdSettings settings) {
    return of(sample, settings.falseAlarmRate(), settings.method());
  }

  /**
   * What to tell the user where the held-out rows are too few for the rate that was asked for;
   * empty where they are not.
   */
  public static Optional<String> warning(Threshold threshold) {
    if (threshold.supported()) {
      return Optional.empty();
    }
    return Optional.of(
        String.format(
            Locale.ROOT,
            "a false-alarm rate of %s needs at least %d held-out rows; there are %d%s, which support"
                + " %.2g at best: the threshold is %s",
            threshold.falseAlarmRate(),
            rowsNeeded(threshold.falseAlarmRate()),
            threshold.heldOutRows(),
            worth(threshold),
            threshold.lowestSupportedRate(),
            found(threshold)));
  }

  /** As many as the quantile needs, or the tail if that needs fewer. */
  private static long rowsNeeded(double rate) {
    long forTail = Math.max(5L * Peaks.FEWEST, inverse(ParetoThreshold.REACH * rate));
    return Math.min(inverse(rate), forTail);
  }

  /** The least n with 1/(n + 1) at most the rate. */
  private static long inverse(double rate) {
    return BigDecimal.ONE.divide(BigDecimal.valueOf(rate), 0, RoundingMode.CEILING).longValueExact()
        - 1;
  }

  private static String worth(Threshold threshold) {
    return threshold.independentRows() < threshold.heldOutRows()
        ? String.format(
            Locale.ROOT,
            ", worth %.0f independent ones because high scores come in runs",
            Math.max(1, threshold.independentRows()))
        : "";
  }

  private static String found(Threshold threshold) {
    if (threshold.tail() instanceof Tail.GeneralizedPareto) {
      return "read off their tail far beyond them";
    }
    return threshold.falseAlarmRate() < 1.0 / (threshold.heldOutRows() + 1)
        ? "their largest score"
        : "the quantile of those";
  }
}
