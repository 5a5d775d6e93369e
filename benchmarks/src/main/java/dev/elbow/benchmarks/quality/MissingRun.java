package dev.elbow.benchmarks.quality;

import dev.elbow.benchmarks.quality.MissingCells.Pattern;
import dev.elbow.benchmarks.quality.Target.Areas;
import dev.elbow.cli.TableScores;
import dev.elbow.row.RowTransform;
import dev.elbow.scoring.ObservedShare;
import dev.elbow.scoring.Scorer;
import dev.elbow.trainer.TrainingSettings;
import dev.elbow.trainer.data.SensorTable;
import dev.elbow.trainer.evaluate.DetectorResult;
import dev.elbow.trainer.evaluate.Evaluator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * What a model is worth when test cells are missing, beside the same model when the missing cells
 * read the mean of the fit rows, as if nobody had told it.
 *
 * <p>Every row is scored, also one of which less was observed than the detector asks for by
 * default: else the more is missing the fewer rows would be measured, and not the same.
 */
final class MissingRun {

  private static final ObservedShare ANY = new ObservedShare(0);

  private MissingRun() {}

  /**
   * One set, pattern and share, trained with one seed.
   *
   * @param share of the cells or sensors that was taken away
   * @param whole with nothing missing
   * @param told with the cells missing
   * @param filled with the mean in their place
   */
  record Result(
      String set,
      String family,
      Pattern pattern,
      double share,
      Areas whole,
      Areas told,
      Areas filled) {}

  /** One training: a result per pattern and share. */
  static List<Result> of(
      DataSet set,
      SensorTable train,
      SensorTable test,
      TrainingSettings settings,
      List<Double> shares)
      throws IOException {
    List<Result> results = new ArrayList<>();
    try (TrainedBundle bundle = TrainedBundle.of(train, settings)) {
      Scorer scorer = bundle.scorer();
      Areas whole = areas(scorer, test);
      for (Pattern pattern : Pattern.values()) {
        for (double share : shares) {
          MissingCells missing = MissingCells.draw(test, pattern, share, random(set, settings));
          results.add(
              new Result(
                  set.name(),
                  set.family(),
                  pattern,
                  share,
                  whole,
                  areas(scorer, without(test, missing)),
                  areas(scorer, filled(test, missing, scorer.bundle().rowTransform()))));
        }
      }
    }
    return results;
  }

  /** Other cells in every set: the mean of a family is to be one over sensors, too. */
  private static Random random(DataSet set, TrainingSettings settings) {
    return new Random(31L * set.name().hashCode() + settings.fit().seed());
  }

  private static Areas areas(Scorer scorer, SensorTable test) {
    TableScores scores = TableScores.of(scorer, test, ANY);
    DetectorResult result =
        new Evaluator(test).evaluate("Elbow", scores.watched(), scores.threshold());
    return new Areas(result.aucRoc(), result.aucPr());
  }

  private static SensorTable without(SensorTable test, MissingCells missing) {
    return TableRows.changed(test, (i, d, value) -> missing.contains(i, d) ? Double.NaN : value);
  }

  private static SensorTable filled(
      SensorTable test, MissingCells missing, RowTransform transform) {
    double[] means = new double[test.features()];
    int[] places = test.columnsOf(transform.names());
    for (int k = 0; k < places.length; k++) {
      means[places[k]] = transform.sensors().get(k).mean();
    }
    return TableRows.changed(test, (i, d, value) -> missing.contains(i, d) ? means[d] : value);
  }
}
