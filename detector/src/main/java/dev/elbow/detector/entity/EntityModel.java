package dev.elbow.detector.entity;

import dev.elbow.alarm.Alarms;
import dev.elbow.alarm.FixedThreshold;
import dev.elbow.alarm.FlatLine;
import dev.elbow.row.FrontEnd;

/**
 * What of a model bears on what is remembered of an entity.
 *
 * @param mark tells models apart
 * @param layout tells their lists of sensors apart
 * @param frontEnd from an entity's rows to the model
 * @param alarms how alarms are told from scores
 * @param threshold on the alarm rule's statistic
 * @param flatLine when a sensor is stuck
 */
public record EntityModel(
    long mark, long layout, FrontEnd frontEnd, Alarms alarms, double threshold, FlatLine flatLine) {

  /**
   * The part of a bundle.
   *
   * @param bundle its id
   */
  public static EntityModel of(
      String bundle, FrontEnd frontEnd, Alarms alarms, double threshold, FlatLine flatLine) {
    long layout = Mark.of(String.join("\n", frontEnd.transform().names()));
    return new EntityModel(Mark.of(bundle), layout, frontEnd, alarms, threshold, flatLine);
  }

  /** Number of sensors, D. */
  int sensors() {
    return frontEnd.transform().features();
  }

  /** Rows the model looks on, W. */
  int rows() {
    return frontEnd.window().rows();
  }

  /**
   * Whether a verdict depends on the rows before. If not, none is kept, and neither the order of
   * the records nor a gap between them matters.
   */
  boolean looksBack() {
    return !frontEnd.window().isSingleRow()
        || alarms.smoothing().alpha() < 1
        || !(alarms.rule() instanceof FixedThreshold);
  }
}
