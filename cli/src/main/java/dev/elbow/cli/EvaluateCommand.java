package dev.elbow.cli;

import dev.elbow.bundle.BundleReader;
import dev.elbow.bundle.ModelBundle;
import dev.elbow.score.Rows;
import dev.elbow.scoring.Scorer;
import dev.elbow.trainer.data.ModelRows;
import dev.elbow.trainer.data.SensorTable;
import dev.elbow.trainer.data.Split;
import dev.elbow.trainer.evaluate.Baselines;
import dev.elbow.trainer.evaluate.DetectorResult;
import dev.elbow.trainer.evaluate.Evaluator;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code evaluate}: how good a bundle is on labelled data, beside simple detectors. */
@Command(
    name = "evaluate",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Measures a bundle on labelled data, and PCA (T² and Q), the Mahalanobis distance and the"
          + " largest |z| beside it.",
      "The simple detectors are fitted to --train. Without it they are fitted to the normal rows of"
          + " the evaluated data itself, which flatters them."
    })
public final class EvaluateCommand implements ElbowCommand {

  @Option(names = "--model", required = true, paramLabel = "DIR", description = "The bundle.")
  private Path model = Path.of("");

  @Option(
      names = "--data",
      required = true,
      arity = "1..*",
      paramLabel = "FILE",
      description = "Labelled CSV files.")
  private List<Path> data = List.of();

  @Option(
      names = "--train",
      arity = "1..*",
      paramLabel = "FILE",
      description = "What the bundle was trained on, for the simple detectors.")
  private List<Path> train = List.of();

  @Mixin private CsvOptions csv = new CsvOptions();

  @Override
  public Integer call() {
    SensorTable table = csv.read(data);
    Evaluator evaluator = new Evaluator(table, Evaluator.WIDEST_BUFFER);
    List<DetectorResult> results = new ArrayList<>();
    try (Scorer scorer = Scorer.open(BundleReader.read(model))) {
      ModelBundle bundle = scorer.bundle();
      double[] scores = TableScorer.scores(scorer, table);
      double threshold = bundle.manifest().threshold().score();
      results.add(evaluator.evaluate("Elbow, negative ELBO", scores, threshold));
      results.addAll(baselines(bundle, table).evaluate(evaluator, allRows(bundle, table)));
    }
    System.out.print(evaluator.compare(results).table());
    if (train.isEmpty()) {
      System.out.println(
          "\nThe simple detectors were fitted to the normal rows of this very data; --train FILE"
              + " fits them to what the model was trained on.");
    }
    return 0;
  }

  private Baselines baselines(ModelBundle bundle, SensorTable table) {
    SensorTable normal = train.isEmpty() ? table : csv.read(train);
    Split split =
        normal.hasTimestamps()
            ? Split.last(normal, normal.normalRows(), Split.HELD_OUT)
            : Split.random(normal.normalRows(), Split.HELD_OUT, bundle.manifest().lineage().seed());
    return Baselines.fit(
        ModelRows.of(normal, split.fit(), bundle.rowTransform()).x(),
        ModelRows.of(normal, split.heldOut(), bundle.rowTransform()).x(),
        bundle.manifest().threshold().falseAlarmRate());
  }

  private static Rows allRows(ModelBundle bundle, SensorTable table) {
    int[] all = IntStream.range(0, table.count()).toArray();
    return ModelRows.of(table, all, bundle.rowTransform()).x();
  }
}
