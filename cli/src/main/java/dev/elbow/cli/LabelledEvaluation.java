package dev.elbow.cli;

import dev.elbow.bundle.ModelBundle;
import dev.elbow.scoring.Scorer;
import dev.elbow.trainer.data.ModelRows;
import dev.elbow.trainer.data.SensorTable;
import dev.elbow.trainer.data.Split;
import dev.elbow.trainer.evaluate.Baselines;
import dev.elbow.trainer.evaluate.DetectorResult;
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
   * own scaling gives them, and set their thresholds for the bundle's false-alarm rate. A row that
   * the bundle does not score, such as the first of a series, is left out for all of them.
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
                ModelRows.of(test, all, bundle.rowTransform()).x(),
                i -> Double.isFinite(scores[i])));
    return evaluator.compare(results);
  }

  private static Baselines baselines(ModelBundle bundle, SensorTable train) {
    int[] normal = train.normalRows();
    Split split =
        train.hasTimestamps()
            ? Split.last(train, normal, Split.HELD_OUT)
            : Split.random(normal, Split.HELD_OUT, bundle.manifest().lineage().seed());
    return Baselines.fit(
        ModelRows.of(train, split.fit(), bundle.rowTransform()).x(),
        ModelRows.of(train, split.heldOut(), bundle.rowTransform()).x(),
        bundle.manifest().threshold().falseAlarmRate());
  }
}
