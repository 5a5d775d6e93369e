package dev.elbow.cli;

import dev.elbow.alarm.Alarms;
import dev.elbow.alarm.Judgement;
import dev.elbow.alarm.ThresholdOn;
import dev.elbow.cli.TableScorer.RowVerdict;
import dev.elbow.scoring.ObservedShare;
import dev.elbow.scoring.Scorer;
import dev.elbow.trainer.data.SensorTable;
import java.util.Arrays;
import java.util.BitSet;

/** What a bundle says of the rows of a table, as far as it is measured against labels. */
public final class TableScores {

  private final double[] watched;
  private final BitSet anomalous = new BitSet();
  private final double threshold;

  private TableScores(int rows, double threshold) {
    this.watched = new double[rows];
    this.threshold = threshold;
    Arrays.fill(watched, Double.NaN);
  }

  /**
   * @throws dev.elbow.input.InvalidInputException if the table lacks a sensor of the model
   */
  static TableScores of(Scorer scorer, SensorTable table) {
    return of(scorer, table, ObservedShare.DEFAULT);
  }

  /**
   * Scores every row.
   *
   * @param observed of how much less a row is rejected
   * @throws dev.elbow.input.InvalidInputException if the table lacks a sensor of the model
   */
  public static TableScores of(Scorer scorer, SensorTable table, ObservedShare observed) {
    Alarms alarms = scorer.bundle().manifest().alarms();
    TableScores scores =
        new TableScores(table.count(), scorer.bundle().manifest().thresholdInNats());
    new TableScorer(scorer, table)
        .withObservedShare(observed)
        .forEach(
            (i, verdict) -> {
              if (verdict instanceof RowVerdict.Scored scored) {
                Judgement judgement = scored.judgement();
                scores.watched[i] =
                    alarms.thresholdOn() == ThresholdOn.SMOOTHED
                        ? judgement.state().smoothed()
                        : scored.row().score();
                scores.anomalous.set(i, judgement.anomalous());
              }
            });
    return scores;
  }

  /** The score that alarms are told from, in nats, one per row; NaN where there is none. */
  public double[] watched() {
    return watched;
  }

  /** Whether row {@code i} is an anomaly by the bundle's rule. */
  public boolean anomalous(int i) {
    return anomalous.get(i);
  }

  /** Above it a row is an anomaly, for an entity that stands as the held-out rows did, in nats. */
  public double threshold() {
    return threshold;
  }
}
