package dev.elbow.bundle;

/**
 * The score above which an observation is an anomaly, and what it was derived from.
 *
 * @param score in nats; an observation is an anomaly if its score is greater
 * @param falseAlarmRate the share of normal observations that may exceed it, as asked for, in (0,
 *     1)
 * @param method how the score was found from the held-out scores
 * @param heldOutRows how many held-out scores it was found from, at least 1
 * @param lowestSupportedRate the lowest rate that so many held-out scores can support, in (0, 1)
 */
public record Threshold(
    double score,
    double falseAlarmRate,
    Method method,
    long heldOutRows,
    double lowestSupportedRate) {

  /** How a threshold is found. */
  public enum Method {
    /** The empirical quantile of the held-out scores. */
    EMPIRICAL
  }

  /**
   * @throws IllegalArgumentException if a number is out of its range
   */
  public Threshold {
    Rule.finite("threshold score", score);
    Rule.check(
        falseAlarmRate > 0 && falseAlarmRate < 1,
        "falseAlarmRate: expected a number in (0, 1), found " + falseAlarmRate);
    Rule.check(
        lowestSupportedRate > 0 && lowestSupportedRate < 1,
        "lowestSupportedRate: expected a number in (0, 1), found " + lowestSupportedRate);
    Rule.check(heldOutRows >= 1, "heldOutRows: expected at least 1, found " + heldOutRows);
  }
}
