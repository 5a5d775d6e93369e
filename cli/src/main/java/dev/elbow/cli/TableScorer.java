package dev.elbow.cli;

import dev.elbow.event.RejectionReason;
import dev.elbow.input.InvalidInputException;
import dev.elbow.scoring.ObservedShare;
import dev.elbow.scoring.ScoredRow;
import dev.elbow.scoring.Scorer;
import dev.elbow.trainer.data.SensorTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Scores a table row by row, as the detector would score the same observations one by one. */
final class TableScorer {

  /** Rows in memory at a time. */
  private static final int CHUNK = 4096;

  private final Scorer scorer;
  private final SensorTable table;
  private final int[] columns;
  private long anomalies;
  private long unscorable;

  /** Takes one scored row. */
  @FunctionalInterface
  interface Sink {

    /**
     * Called once per row, in order.
     *
     * @param i the row's index in the table
     * @param verdict its score, or why it has none
     */
    void accept(int i, RowVerdict verdict);
  }

  /**
   * @throws InvalidInputException if the table lacks a sensor of the model
   */
  TableScorer(Scorer scorer, SensorTable table) {
    this.scorer = scorer;
    this.table = table;
    List<String> names = scorer.bundle().rowTransform().names();
    List<String> missing = names.stream().filter(name -> !table.sensors().contains(name)).toList();
    if (!missing.isEmpty()) {
      throw new InvalidInputException(
          "the data lacks %d of the model's %d sensors: %s; its columns are %s"
              .formatted(missing.size(), names.size(), missing, table.sensors()));
    }
    this.columns = table.columnsOf(names);
  }

  /**
   * The scores of all rows, in nats.
   *
   * @return one per row; NaN where it cannot be scored
   * @throws InvalidInputException if the table lacks a sensor of the model
   */
  static double[] scores(Scorer scorer, SensorTable table) {
    double[] scores = new double[table.count()];
    new TableScorer(scorer, table)
        .forEach(
            (i, verdict) ->
                scores[i] = verdict.reason().isPresent() ? Double.NaN : verdict.row().score());
    return scores;
  }

  /** Scores every row, in order. */
  void forEach(Sink sink) {
    for (int from = 0; from < table.count(); from += CHUNK) {
      int to = Math.min(table.count(), from + CHUNK);
      List<double[]> values = new ArrayList<>(to - from);
      for (int i = from; i < to; i++) {
        values.add(table.row(i, columns));
      }
      List<ScoredRow> rows = scorer.score(values);
      for (int i = from; i < to; i++) {
        RowVerdict verdict = RowVerdict.of(rows.get(i - from), columns.length);
        anomalies += verdict.anomalous() ? 1 : 0;
        unscorable += verdict.reason().isPresent() ? 1 : 0;
        sink.accept(i, verdict);
      }
    }
  }

  /** Sensors of the table that the model does not have. */
  List<String> unused() {
    return table.sensors().stream()
        .filter(sensor -> !scorer.bundle().rowTransform().names().contains(sensor))
        .toList();
  }

  /** Rows above the threshold so far. */
  long anomalies() {
    return anomalies;
  }

  /** Rows that could not be scored so far. */
  long unscorable() {
    return unscorable;
  }

  /**
   * What became of a row.
   *
   * @param row its score and the parts of it; not to be used where there is a reason
   * @param anomalous whether the score is above the threshold
   * @param reason why it could not be scored; empty if it could
   */
  record RowVerdict(ScoredRow row, boolean anomalous, Optional<RejectionReason> reason) {

    /** The detector's rule, with its default of how many sensors must be observed. */
    static RowVerdict of(ScoredRow row, int features) {
      if (row.observed() < ObservedShare.DEFAULT.sensorsOf(features)) {
        return new RowVerdict(row, false, Optional.of(RejectionReason.TOO_FEW_SENSORS));
      }
      return row.scorable()
          ? new RowVerdict(row, row.anomalous(), Optional.empty())
          : new RowVerdict(row, false, Optional.of(RejectionReason.UNSCORABLE));
    }
  }
}
