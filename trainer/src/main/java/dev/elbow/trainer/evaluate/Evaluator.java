package dev.elbow.trainer.evaluate;

import dev.elbow.input.InvalidInputException;
import dev.elbow.trainer.data.SensorTable;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.IntPredicate;

/** Measures scores against the labels of one table. */
public final class Evaluator {

  /** L of VUS-PR unless another is given, in rows: as the authors' benchmark has it. */
  public static final int WIDEST_BUFFER = 100;

  private final SensorTable table;
  private final int widestBuffer;
  private final Optional<AlarmAllowance> allowance;
  private final LabelledSeries all;

  /**
   * With the usual settings.
   *
   * @throws InvalidInputException if the table has no labels or all its rows have the same
   */
  public Evaluator(SensorTable table) {
    this(table, WIDEST_BUFFER, AlarmAllowance.ALARMS_PER_DAY);
  }

  /**
   * With settings.
   *
   * @param widestBuffer L of {@linkplain VolumeUnderSurface VUS-PR}, in rows, at least 0
   * @param alarmsPerDay false alarms a day, over all entities, at which events are counted too, at
   *     least 0
   * @throws InvalidInputException if the table has no labels or all its rows have the same
   */
  public Evaluator(SensorTable table, int widestBuffer, double alarmsPerDay) {
    int anomalous = table.anomalousRows().length;
    if (!table.hasLabels() || anomalous == 0 || anomalous == table.count()) {
      throw new InvalidInputException(
          "evaluation needs rows labelled normal and rows labelled anomalous; of %d rows %s"
              .formatted(
                  table.count(),
                  table.hasLabels() ? anomalous + " are labelled anomalous" : "none has a label"));
    }
    this.table = table;
    this.widestBuffer = widestBuffer;
    this.allowance = AlarmAllowance.of(table, alarmsPerDay);
    this.all = LabelledSeries.of(table, i -> true);
  }

  /**
   * Measures one detector.
   *
   * @param scores one per row of the table, higher is stranger; NaN or infinite = unscorable; not
   *     modified
   * @param threshold above which a score is an alarm
   * @throws IllegalArgumentException if there is not one score per row
   * @throws InvalidInputException if no normal or no anomalous row could be scored
   */
  public DetectorResult evaluate(String detector, double[] scores, double threshold) {
    return evaluate(detector, scores, threshold, i -> scores[i] > threshold);
  }

  /**
   * Measures one detector that tells alarms by a rule of its own.
   *
   * @param scores one per row of the table, higher is stranger; NaN or infinite = unscorable; not
   *     modified
   * @param threshold above which a score is an alarm, usually; for people
   * @param alarm whether there is an alarm at a row of the table
   * @throws IllegalArgumentException if there is not one score per row
   * @throws InvalidInputException if no normal or no anomalous row could be scored
   */
  public DetectorResult evaluate(
      String detector, double[] scores, double threshold, IntPredicate alarm) {
    if (scores.length != table.count()) {
      throw new IllegalArgumentException(
          "%s: expected %d scores, found %d".formatted(detector, table.count(), scores.length));
    }
    LabelledSeries scored = LabelledSeries.of(table, i -> Double.isFinite(scores[i]));
    double[] finite = scored.arrange(scores);
    Ranking ranking = ranking(detector, finite, scored);
    double[] finiteOrNaN = finiteOrNaN(scores);
    double[] orNaN = all.arrange(finiteOrNaN);
    return new DetectorResult(
        detector,
        ranking.aucRoc(),
        ranking.aucPr(),
        table.hasTimestamps()
            ? OptionalDouble.of(VolumeUnderSurface.pr(scored, finite, widestBuffer))
            : OptionalDouble.empty(),
        threshold,
        table.hasTimestamps()
            ? Optional.of(EventRecall.of(all, alarms(all, alarm)))
            : Optional.empty(),
        allowance.map(
            allowed ->
                EventRecall.of(
                    all,
                    orNaN,
                    new AlarmsPerDay(table).threshold(finiteOrNaN, allowed.falseAlarms()))),
        falseAlarmRate(alarms(scored, alarm), scored.anomalous()),
        table.count() - finite.length);
  }

  private static Ranking ranking(String detector, double[] finite, LabelledSeries scored) {
    try {
      return Ranking.of(finite, scored.anomalous());
    } catch (IllegalArgumentException e) {
      throw new InvalidInputException(
          detector + ": too few rows could be scored: " + e.getMessage(), e);
    }
  }

  private static double[] finiteOrNaN(double[] scores) {
    return Arrays.stream(scores).map(s -> Double.isFinite(s) ? s : Double.NaN).toArray();
  }

  private static boolean[] alarms(LabelledSeries series, IntPredicate alarm) {
    boolean[] alarms = new boolean[series.count()];
    for (int place = 0; place < alarms.length; place++) {
      alarms[place] = alarm.test(series.row(place));
    }
    return alarms;
  }

  private static double falseAlarmRate(boolean[] alarms, boolean[] anomalous) {
    int normal = 0;
    int falseAlarms = 0;
    for (int place = 0; place < alarms.length; place++) {
      if (!anomalous[place]) {
        normal++;
        falseAlarms += alarms[place] ? 1 : 0;
      }
    }
    return (double) falseAlarms / normal;
  }

  /** The results side by side. */
  public Evaluation compare(List<DetectorResult> results) {
    return new Evaluation(
        table.count(),
        table.anomalousRows().length,
        table.hasTimestamps() ? OptionalInt.of(all.events().size()) : OptionalInt.empty(),
        allowance,
        results);
  }
}
