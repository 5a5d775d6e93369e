package dev.elbow.trainer.calibrate;

import dev.elbow.alarm.AlarmRule;
import dev.elbow.alarm.AlarmState;
import dev.elbow.alarm.Alarms;
import dev.elbow.alarm.FixedThreshold;
import dev.elbow.alarm.Judgement;
import dev.elbow.alarm.Smoothing;
import dev.elbow.alarm.ThresholdOn;
import dev.elbow.alarm.TwoClocks;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * Alarms fitted to the scores of held-out normal rows, in two steps: what those scores are usually
 * like, and the statistics that the rule makes of them, on which the threshold is set. So the
 * threshold is set on the very numbers that it will meet.
 *
 * <p>While the statistics are made nothing alarms and so no alarm raises a baseline: where the
 * held-out rows have an onset of their own the statistics come out too high rather than too low.
 */
public final class AlarmFit {

  /**
   * Scores nearer to each other than this are the same: float32 networks compute them no better, in
   * nats.
   */
  private static final double LEAST_NATS = 1e-3;

  /** A leap counts as at most so many times the mean one, as in {@link TwoClocks}. */
  private static final double LARGEST_LEAP = 4;

  private AlarmFit() {}

  /**
   * The alarms that suit these scores.
   *
   * @param heldOut one array per series, each in the order of time, in nats, finite, at least one
   *     score in all; not modified
   */
  public static Alarms fit(AlarmSettings settings, List<double[]> heldOut) {
    return new Alarms(settings.smoothing(), settings.thresholdOn(), rule(settings, heldOut));
  }

  private static AlarmRule rule(AlarmSettings settings, List<double[]> heldOut) {
    return switch (settings.rule()) {
      case FIXED -> new FixedThreshold();
      case TWO_CLOCKS ->
          new TwoClocks(
              settings.clocks(),
              normal(heldOut.stream().map(scores -> watched(settings, scores)).toList()));
    };
  }

  private static double[] watched(AlarmSettings settings, double[] scores) {
    if (settings.thresholdOn() == ThresholdOn.RAW) {
      return scores;
    }
    double[] smoothed = new double[scores.length];
    double last = Smoothing.NONE;
    for (int i = 0; i < scores.length; i++) {
      last = settings.smoothing().next(last, scores[i]);
      smoothed[i] = last;
    }
    return smoothed;
  }

  private static TwoClocks.Normal normal(List<double[]> watched) {
    double[] all = watched.stream().flatMapToDouble(Arrays::stream).toArray();
    double level = median(all);
    double spread = median(Arrays.stream(all).map(score -> Math.abs(score - level)).toArray());
    return new TwoClocks.Normal(
        level, Math.max(LEAST_NATS, spread), Math.max(LEAST_NATS, scatter(watched)));
  }

  /**
   * The mean leap from row to row, none counted for more than a few times the mean; 0 if none. The
   * start of equation (64) of {@code docs/math.md}.
   */
  private static double scatter(List<double[]> watched) {
    double[] leaps = watched.stream().flatMapToDouble(AlarmFit::leaps).toArray();
    double mean = Arrays.stream(leaps).average().orElse(0);
    return Arrays.stream(leaps)
        .map(leap -> Math.min(leap, LARGEST_LEAP * mean))
        .average()
        .orElse(0);
  }

  private static DoubleStream leaps(double[] scores) {
    double[] leaps = new double[Math.max(0, scores.length - 1)];
    Arrays.setAll(leaps, i -> Math.abs(scores[i + 1] - scores[i]));
    return Arrays.stream(leaps);
  }

  private static double median(double[] values) {
    double[] ascending = values.clone();
    Arrays.sort(ascending);
    int n = ascending.length;
    return (ascending[(n - 1) / 2] + ascending[n / 2]) / 2;
  }

  /**
   * The statistics of these scores, which the threshold is to be set on.
   *
   * @param heldOut as for {@link #fit}
   * @return one per score, finite, in the same order
   */
  public static List<double[]> statistics(Alarms alarms, List<double[]> heldOut) {
    return heldOut.stream().map(scores -> statistics(alarms, scores)).toList();
  }

  private static double[] statistics(Alarms alarms, double[] scores) {
    double[] statistics = new double[scores.length];
    AlarmState state = alarms.start();
    for (int i = 0; i < scores.length; i++) {
      Judgement judgement = alarms.judge(state, scores[i], Double.POSITIVE_INFINITY);
      statistics[i] = judgement.statistic();
      state = judgement.state();
    }
    return statistics;
  }
}
