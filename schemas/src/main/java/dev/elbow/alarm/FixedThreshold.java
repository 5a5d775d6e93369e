package dev.elbow.alarm;

/**
 * One threshold for good: the statistic is the watched score itself, in nats. It suits rows that
 * are exchangeable with the held-out ones; on a stream that drifts it alarms for as long as the
 * drift lasts.
 */
public record FixedThreshold() implements AlarmRule {

  @Override
  public AlarmState start() {
    return AlarmState.start(0, 0);
  }

  @Override
  public Judgement judge(AlarmState state, double watched, double noise, double threshold) {
    boolean alarm = watched > threshold;
    return new Judgement(
        state, alarm ? AlarmLevel.ALARM : AlarmLevel.NORMAL, watched, threshold, alarm);
  }

  @Override
  public double thresholdInNats(double threshold) {
    return threshold;
  }
}
