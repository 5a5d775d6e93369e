package dev.elbow.detector.topology;

import dev.elbow.alarm.Judgement;
import dev.elbow.detector.models.LoadedModel;
import dev.elbow.event.Anomaly;
import dev.elbow.event.Contribution;
import dev.elbow.event.ObservationRow;
import dev.elbow.event.ScoreEvent;
import dev.elbow.event.ScoreSummary;
import dev.elbow.identity.ElbowVersion;
import dev.elbow.scoring.ScoredRow;
import java.util.List;
import java.util.stream.IntStream;

/**
 * An observation that has a finite score, and the events that tell of it, which are made when asked
 * for: most rows are normal, and their scores may not be wanted.
 *
 * @param judgement what it means for its entity
 */
record Scored(
    SourceRecord source,
    ObservationRow row,
    ScoredRow scored,
    Judgement judgement,
    LoadedModel model) {

  /** Whose observation it is. */
  String entity() {
    return row.entity();
  }

  /** The negative ELBO, in nats, finite. */
  double score() {
    return scored.score();
  }

  ScoreSummary summary() {
    return new ScoreSummary(
        scored.score(),
        judgement.state().smoothed(),
        judgement.threshold(),
        scored.reconstruction(),
        scored.kl(),
        model.tailProbability(judgement.statistic()),
        row.observed(),
        model.sensors().size());
  }

  ScoreEvent scoreEvent() {
    return new ScoreEvent(
        entity(),
        row.timestamp(),
        summary(),
        judgement.level(),
        judgement.anomalous(),
        model.id(),
        source.coordinates());
  }

  /**
   * @param most how many contributions to name at most
   */
  Anomaly anomaly(int most) {
    return new Anomaly(
        Anomaly.idOf(source.coordinates(), model.id()),
        entity(),
        row.timestamp(),
        summary(),
        missing(),
        contributions(most),
        model.id(),
        ElbowVersion.current(),
        source.coordinates(),
        judgement.level());
  }

  /** The model's sensors that were not observed in the row. */
  List<String> missing() {
    return IntStream.range(0, model.sensors().size())
        .filter(d -> Double.isNaN(row.values()[d]))
        .mapToObj(d -> model.sensors().get(d))
        .toList();
  }

  List<Contribution> contributions(int most) {
    return scored.byContribution().stream()
        .filter(d -> !Double.isNaN(row.values()[d]))
        .limit(most)
        .map(this::contribution)
        .toList();
  }

  private Contribution contribution(int d) {
    return new Contribution(
        model.sensors().get(d),
        row.values()[d],
        largestIfBeyond(scored.expected(d)),
        largestIfBeyond(scored.sigma(d)),
        scored.contribution(d));
  }

  /**
   * Back in engineering units a value far outside the squash's limit can exceed a double although
   * the score is finite; JSON has no infinity.
   */
  private static double largestIfBeyond(double value) {
    return Math.max(-Double.MAX_VALUE, Math.min(Double.MAX_VALUE, value));
  }
}
