package dev.elbow.benchmarks.quality;

import dev.elbow.alarm.Alarms;
import dev.elbow.alarm.TwoClocks;
import dev.elbow.bundle.Manifest;
import dev.elbow.cli.TableScorer;
import dev.elbow.cli.TableScorer.RowVerdict;
import dev.elbow.scoring.Scorer;
import dev.elbow.trainer.TrainingSettings;
import dev.elbow.trainer.calibrate.AlarmFit;
import dev.elbow.trainer.calibrate.AlarmSettings;
import dev.elbow.trainer.calibrate.CalibrationSample;
import dev.elbow.trainer.calibrate.ThresholdMethod;
import dev.elbow.trainer.calibrate.Thresholds;
import dev.elbow.trainer.data.SensorTable;
import dev.elbow.trainer.data.Split;
import dev.elbow.trainer.data.Stretches;
import dev.elbow.trainer.input.UsableRows;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * How alarms are told from the scores of a bundle.
 *
 * @param alarms smoothing and rule
 * @param threshold on the rule's statistic
 */
record TellingRule(Alarms alarms, double threshold) {

  /**
   * One threshold on the smoothed score.
   *
   * @param heldOut one array per series, each in the order of time, in nats
   * @param rate of false alarms, in (0, 1)
   */
  static TellingRule fixed(List<double[]> heldOut, double rate) {
    return fitted(AlarmSettings.SERIES.withRule(AlarmSettings.Rule.FIXED), heldOut, rate);
  }

  /**
   * Two clocks: the bundle's own where it tells by them, and else what a training would have fitted
   * to the same held-out rows.
   *
   * @param heldOut one array per series, each in the order of time, in nats
   * @param rate of false alarms that a fitted rule is to keep, in (0, 1)
   */
  static TellingRule twoClocks(Scorer scorer, List<double[]> heldOut, double rate) {
    Manifest manifest = scorer.bundle().manifest();
    return manifest.alarms().rule() instanceof TwoClocks
        ? new TellingRule(manifest.alarms(), manifest.threshold().score())
        : fitted(AlarmSettings.SERIES, heldOut, rate);
  }

  private static TellingRule fitted(AlarmSettings settings, List<double[]> heldOut, double rate) {
    Alarms alarms = AlarmFit.fit(settings, heldOut);
    CalibrationSample sample = CalibrationSample.ofSeries(AlarmFit.statistics(alarms, heldOut));
    return new TellingRule(alarms, Thresholds.of(sample, rate, ThresholdMethod.AUTO).score());
  }

  /** The rows that a training of a series holds out. */
  static int[] heldOutRows(SensorTable train, TrainingSettings settings) {
    UsableRows usable = new UsableRows(train);
    Stretches stretches =
        Stretches.of(train, settings.input().continuity(), i -> !usable.contains(i));
    return Split.last(stretches, settings.input().window(), settings.heldOut()).heldOut();
  }

  /**
   * The scores of those rows.
   *
   * @return one array per series, each in the order of time, in nats
   */
  static List<double[]> heldOutScores(Scorer scorer, SensorTable train, TrainingSettings settings) {
    BitSet heldOut = new BitSet();
    Arrays.stream(heldOutRows(train, settings)).forEach(heldOut::set);
    double[] scores = new double[train.count()];
    Arrays.fill(scores, Double.NaN);
    new TableScorer(scorer, train)
        .forEach(
            (i, verdict) -> {
              if (heldOut.get(i) && verdict instanceof RowVerdict.Scored scored) {
                scores[i] = scored.row().score();
              }
            });
    return train.series().stream()
        .map(series -> Arrays.stream(series).mapToDouble(i -> scores[i]))
        .map(series -> series.filter(score -> !Double.isNaN(score)).toArray())
        .toList();
  }
}
