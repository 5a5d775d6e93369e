package dev.elbow.bundle;

/**
 * The statistic above which a row is an ALARM, and what it was derived from.
 *
 * @param score the statistic of the alarm rule above which a row is an ALARM; in nats where the
 *     rule is a fixed threshold
 * @param falseAlarmRate the share of normal observations that may exceed it, as asked for, in (0,
 *     1)
 * @param tail how probable high scores are, by which the score was found
 * @param confidence how sure score and rate are
 * @param heldOutRows how many held-out scores it was found from, at least 1
 * @param independentRows how many independent ones they are worth: fewer where high scores come in
 *     runs; in (0, {@code heldOutRows}]
 * @param lowestSupportedRate the lowest rate that these scores can support, in (0, 1)
 */
public record Threshold(
    double score,
    double falseAlarmRate,
    Tail tail,
    Confidence confidence,
    long heldOutRows,
    double independentRows,
    double lowestSupportedRate) {

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
    Rule.check(
        independentRows > 0 && independentRows <= heldOutRows,
        "independentRows: expected a number in (0, %d], found %s"
            .formatted(heldOutRows, independentRows));
  }

  /** Whether the held-out rows were enough for the rate that was asked for. */
  public boolean supported() {
    return falseAlarmRate >= lowestSupportedRate;
  }
}
