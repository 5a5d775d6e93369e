package dev.elbow.alarm;

/**
 * What a row means for its entity.
 *
 * @param state what to remember for the next row
 * @param level how the entity stands
 * @param statistic what was held against the threshold, in the alarm rule's unit; NaN for a row
 *     without a score
 * @param threshold the watched score above which this row was an ALARM, in nats
 * @param anomalous whether somebody is to be told: at every row in ALARM, and at the row where
 *     SHIFT is raised
 */
public record Judgement(
    AlarmState state, AlarmLevel level, double statistic, double threshold, boolean anomalous) {

  /**
   * Whether the entity is as usual: there is neither an alarm nor a shift, nor do its scores still
   * stand where an alarm has raised the baseline to.
   */
  public boolean calm() {
    return level == AlarmLevel.NORMAL && !anomalous && !state.isRaised();
  }
}
