package dev.elbow.alarm;

/**
 * How alarms are told from an entity's watched scores. A rule makes a statistic of a watched score
 * and of what it remembers; the row is an {@link AlarmLevel#ALARM} if the statistic is greater than
 * the bundle's threshold, which was set on the statistics of held-out normal rows in the order of
 * time.
 */
public sealed interface AlarmRule permits FixedThreshold, TwoClocks {

  /** The state of an entity of which nothing has been scored yet. */
  AlarmState start();

  /**
   * Judges a row.
   *
   * @param state after the row before
   * @param watched the watched score, in nats, finite
   * @param noise how much more the watched score varies by chance than one that has settled: the
   *     ratio of their standard deviations, at least 1
   * @param threshold on the statistic; infinite while a threshold is being set
   */
  Judgement judge(AlarmState state, double watched, double noise, double threshold);

  /**
   * The threshold for an entity that stands as the held-out rows did, in nats.
   *
   * @param threshold on the statistic
   */
  double thresholdInNats(double threshold);
}
