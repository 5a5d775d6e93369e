package dev.elbow.trainer;

import dev.elbow.alarm.Alarms;
import dev.elbow.trainer.calibrate.AlarmFit;
import dev.elbow.trainer.calibrate.AlarmSettings;
import dev.elbow.trainer.calibrate.CalibrationSample;
import java.util.Arrays;
import java.util.List;

/**
 * How alarms are told from scores, as far as the held-out rows let it be known, and what the
 * threshold is set on.
 */
final class AlarmCalibration {

  private final Alarms alarms;
  private final CalibrationSample sample;
  private final double[] statistics;

  private AlarmCalibration(Alarms alarms, CalibrationSample sample, double[] statistics) {
    this.alarms = alarms;
    this.sample = sample;
    this.statistics = statistics;
  }

  /**
   * Calibrates.
   *
   * @param rows tells their order and whether it means something
   * @param heldOut row numbers; not modified
   * @param scores one for each of them, in nats, finite; not modified
   */
  static AlarmCalibration of(
      AlarmSettings settings, TrainingRows rows, int[] heldOut, double[] scores) {
    List<int[]> places = rows.inOrderOfTime(heldOut);
    List<double[]> inOrder =
        places.stream()
            .map(series -> Arrays.stream(series).mapToDouble(place -> scores[place]).toArray())
            .toList();
    Alarms alarms = AlarmFit.fit(settings, inOrder);
    List<double[]> statistics = AlarmFit.statistics(alarms, inOrder);
    CalibrationSample sample =
        rows.isSeries()
            ? CalibrationSample.ofSeries(statistics)
            : CalibrationSample.ofIndependent(statistics.get(0));
    return new AlarmCalibration(alarms, sample, byPlace(places, statistics, scores.length));
  }

  private static double[] byPlace(List<int[]> places, List<double[]> statistics, int count) {
    double[] byPlace = new double[count];
    for (int series = 0; series < places.size(); series++) {
      int[] of = places.get(series);
      for (int t = 0; t < of.length; t++) {
        byPlace[of[t]] = statistics.get(series)[t];
      }
    }
    return byPlace;
  }

  /** Smoothing and rule. */
  Alarms alarms() {
    return alarms;
  }

  /** The rule's statistics of the held-out rows, in the order in which they came. */
  CalibrationSample sample() {
    return sample;
  }

  /** The same, one per held-out row; shared. */
  double[] statistics() {
    return statistics;
  }
}
