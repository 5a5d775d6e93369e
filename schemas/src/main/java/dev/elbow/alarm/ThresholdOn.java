package dev.elbow.alarm;

/** Which of the two published scores alarms are told from. */
public enum ThresholdOn {
  /** The score itself: for rows that have nothing to do with their neighbours. */
  RAW,
  /** The smoothed score: for series. */
  SMOOTHED
}
