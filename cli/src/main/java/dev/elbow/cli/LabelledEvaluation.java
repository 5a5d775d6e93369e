package dev.elbow.cli;

import dev.elbow.alarm.Smoothing;
import dev.elbow.bundle.ModelBundle;
import dev.elbow.score.Rows;
import dev.elbow.scoring.Scorer;
import dev.elbow.trainer.data.ModelRows;
import dev.elbow.trainer.data.SensorTable;
import dev.elbow.trainer.data.Split;
import dev.elbow.trainer.evaluate.Baselines;
import dev.elbow.trainer.evaluate.DetectorResult;
import dev.elbow.trainer.evaluate.EntitySmoothing;
import dev.elbow.trainer.evaluate.Evaluation;
import dev.elbow.trainer.evaluate.Evaluator;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** A bundle and the simple detectors on the same labelled rows. */
public final class LabelledEvaluation {

  private LabelledEvaluation() {}

  /**
   * Scores, fits the simple detectors and measures all of them. They see the rows as the bundle's
   * own scaling gives them, are smoothed and fitted again as it was, and set their thresholds for
   * its false-alarm rate. A row that the bundle does not score, such as the first of a series, is
   * left out for all of them.
   *
   * @param train what the simple detectors are fitted to: its rows not labelled anomalous
   * @param test labelled rows
   * @return Elbow first
   * @throws dev.elbow.input.InvalidInputException if the test rows lack labels or sensors
   */
  public static Evaluation of(Scorer scorer, SensorTable train, SensorTable test) {
    return of(scorer, train, test, new Evaluator(test));
  }

  /**
   * The same with an evaluator of its own settings.
   *
   * @param evaluator of the test rows
   * @throws dev.elbow.input.InvalidInputException if the test rows lack sensors
   */
  static Evaluation of(Scorer scorer, SensorTable train, SensorTable test, Evaluator evaluator) {
    ModelBundle bundle = scorer.bundle();
    TableScores scored = TableScores.of(scorer, test);
    double[] scores = scored.watched();
    List<DetectorResult> results = new ArrayList<>();
    results.add(
        evaluator.evaluate("Elbow, negative ELBO", scores, scored.threshold(), scored::anomalous));
    int[] all = IntStream.range(0, test.count()).toArray();
    results.addAll(
        baselines(bundle, train)
            .evaluate(
                evaluator,
                rows(bundle, test, all),
                new EntitySmoothing(smoothing(bundle), test, all),
                i -> Double.isFinite(scores[i])));
    return evaluator.compare(results);
  }

  private static Baselines baselines(ModelBundle bundle, SensorTable train) {
    int[] normal = train.normalRows();
    Split split =
        train.hasTimestamps()
            ? Split.last(train, normal, Split.HELD_OUT)
            : Split.random(normal, Split.HELD_OUT, bundle.manifest().lineage().seed());
    Baselines baselines =
        Baselines.fit(
            rows(bundle, train, split.fit()),
            rows(bundle, train, split.heldOut()),
            new EntitySmoothing(smoothing(bundle), train, split.heldOut()),
            bundle.manifest().threshold().falseAlarmRate());
    boolean refitted = Boolean.parseBoolean(bundle.manifest().lineage().settings().get("refit"));
    return refitted ? baselines.refit(rows(bundle, train, normal)) : baselines;
  }

  private static Rows rows(ModelBundle bundle, SensorTable table, int[] some) {
    return ModelRows.of(table, some, bundle.rowTransform()).x();
  }

  private static Smoothing smoothing(ModelBundle bundle) {
    return bundle.manifest().alarms().smoothing();
  }
}
