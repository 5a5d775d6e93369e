package dev.elbow.trainer.report;

import dev.elbow.alarm.Alarms;
import dev.elbow.alarm.FixedThreshold;
import dev.elbow.alarm.ThresholdOn;

/**
 * What the threshold judges, in the words of the report.
 *
 * @param name of the quantity
 * @param unit it is counted in
 */
record JudgedScore(String name, String unit) {

  static JudgedScore of(Alarms alarms) {
    String score = alarms.thresholdOn() == ThresholdOn.SMOOTHED ? "smoothed score" : "score";
    return alarms.rule() instanceof FixedThreshold
        ? new JudgedScore(score, "nats")
        : new JudgedScore(score + " above its level", "scatters");
  }

  /** For the axis of a chart. */
  String axis() {
    return name + " in " + unit;
  }
}
