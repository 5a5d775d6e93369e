package dev.elbow.trainer.calibrate;

import java.util.Optional;

/**
 * What a threshold is to keep, and how it is found.
 *
 * @param falseAlarmRate the share of normal rows that may be called anomalous, in (0, 1)
 * @param method how it is found
 * @param budget what the rate was derived from; empty if it was stated
 */
public record ThresholdSettings(
    double falseAlarmRate, ThresholdMethod method, Optional<AlarmBudget> budget) {

  /**
   * So many alarms in a month, over all entities.
   *
   * @param alarmsPerMonth rows that may be called anomalous in a month of normal operation,
   *     positive
   * @param rowsPerMonth rows that come in a month, more than the alarms
   */
  public record AlarmBudget(double alarmsPerMonth, double rowsPerMonth) {

    /**
     * @throws IllegalArgumentException if the alarms are not positive or not fewer than the rows
     */
    public AlarmBudget {
      if (!(alarmsPerMonth > 0 && alarmsPerMonth < rowsPerMonth)) {
        throw new IllegalArgumentException(
            "alarms per month: expected more than 0 and fewer than the %.0f rows of a month, found %s"
                .formatted(rowsPerMonth, alarmsPerMonth));
      }
    }

    /** The false-alarm rate that it comes to, in (0, 1). */
    public double rate() {
      return alarmsPerMonth / rowsPerMonth;
    }
  }

  /**
   * @throws IllegalArgumentException if the rate is not in (0, 1)
   */
  public ThresholdSettings {
    if (!(falseAlarmRate > 0 && falseAlarmRate < 1)) {
      throw new IllegalArgumentException(
          "false-alarm rate: expected a number between 0 and 1, found " + falseAlarmRate);
    }
  }

  /** A stated rate, kept by whatever method the rows allow. */
  public static ThresholdSettings ofRate(double falseAlarmRate) {
    return new ThresholdSettings(falseAlarmRate, ThresholdMethod.AUTO, Optional.empty());
  }

  /** A number of alarms in a month. */
  public static ThresholdSettings ofBudget(AlarmBudget budget) {
    return new ThresholdSettings(budget.rate(), ThresholdMethod.AUTO, Optional.of(budget));
  }

  /** The same by another method. */
  public ThresholdSettings withMethod(ThresholdMethod other) {
    return new ThresholdSettings(falseAlarmRate, other, budget);
  }
}
