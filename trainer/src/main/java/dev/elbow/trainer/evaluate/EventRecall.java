package dev.elbow.trainer.evaluate;

/**
 * How many events were noticed: with at least one alarm within them.
 *
 * @param found events with an alarm
 * @param total events there were
 */
public record EventRecall(int found, int total) {

  /**
   * @param scores by place; above the threshold is an alarm, NaN never is; not modified
   */
  static EventRecall of(LabelledSeries series, double[] scores, double threshold) {
    boolean[] alarms = new boolean[scores.length];
    for (int place = 0; place < alarms.length; place++) {
      alarms[place] = scores[place] > threshold;
    }
    return of(series, alarms);
  }

  /**
   * @param alarms by place; not modified
   */
  static EventRecall of(LabelledSeries series, boolean[] alarms) {
    int found = 0;
    for (LabelledSeries.Event event : series.events()) {
      boolean alarm = false;
      for (int place = event.from(); place < event.to(); place++) {
        alarm |= alarms[place];
      }
      found += alarm ? 1 : 0;
    }
    return new EventRecall(found, series.events().size());
  }

  /** The share found, in [0, 1]; NaN if there were none. */
  public double share() {
    return (double) found / total;
  }
}
