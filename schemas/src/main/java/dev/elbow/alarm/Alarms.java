package dev.elbow.alarm;

/**
 * From one entity's scores, in the order of time, to alarms: smoothing, then the alarm rule on the
 * score that is watched. Pure: the next state and what is published depend on settings, state and
 * score alone.
 *
 * @param smoothing of the scores of one entity
 * @param thresholdOn which score is watched
 * @param rule how alarms are told from it
 */
public record Alarms(Smoothing smoothing, ThresholdOn thresholdOn, AlarmRule rule) {

  /** For rows that have nothing to do with each other: each one's score against one threshold. */
  public static final Alarms ROWS =
      new Alarms(Smoothing.OFF, ThresholdOn.RAW, new FixedThreshold());

  /** The state of an entity of which nothing has been scored yet. */
  public AlarmState start() {
    return rule.start();
  }

  /**
   * Judges a row.
   *
   * @param before the state after the entity's row before, or {@link #start}
   * @param score of the row, in nats; a row without one has NaN or an infinity: it leaves the state
   *     alone and is no news
   * @param threshold on the rule's statistic; infinite while a threshold is being set
   */
  public Judgement judge(AlarmState before, double score, double threshold) {
    if (!Double.isFinite(score)) {
      AlarmLevel standing = before.isShifted() ? AlarmLevel.SHIFT : AlarmLevel.NORMAL;
      return new Judgement(before, standing, Double.NaN, Double.NaN, false);
    }
    boolean first = Double.isNaN(before.smoothed());
    double keep = 1 - smoothing.alpha();
    AlarmState state =
        before.smoothed(
            smoothing.next(before.smoothed(), score), first ? 1 : before.unsettled() * keep * keep);
    return thresholdOn == ThresholdOn.RAW
        ? rule.judge(state, score, 1, threshold)
        : rule.judge(state, state.smoothed(), noise(state.unsettled()), threshold);
  }

  /**
   * How much more an average that starts with one score varies than after long, for independent
   * scores; for others it says too much rather than too little.
   */
  private double noise(double unsettled) {
    double alpha = smoothing.alpha();
    // (66) κ_t² = 1 + 2 (1 − α)/α · (1 − α)^(2(t − 1))
    return Math.sqrt(1 + 2 * (1 - alpha) / alpha * unsettled);
  }

  /**
   * The watched score above which a row is an ALARM, for an entity that stands as the held-out rows
   * did, in nats.
   *
   * @param threshold on the rule's statistic
   */
  public double thresholdInNats(double threshold) {
    return rule.thresholdInNats(threshold);
  }
}
