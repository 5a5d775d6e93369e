package dev.elbow.cli;

import dev.elbow.input.InvalidInputException;
import dev.elbow.scoring.Scorer;
import dev.elbow.trainer.data.SensorTable;
import dev.elbow.trainer.evaluate.AlarmAllowance;
import dev.elbow.trainer.evaluate.Evaluator;
import java.nio.file.Path;
import java.util.List;
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

  @Mixin private BundleOptions bundle = new BundleOptions();

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

  @Option(
      names = "--alarms-per-day",
      paramLabel = "N",
      description =
          "False alarms a day, over all entities, at which the events found are counted too."
              + " Default: ${DEFAULT-VALUE}.")
  private double alarmsPerDay = AlarmAllowance.ALARMS_PER_DAY;

  @Mixin private CsvOptions csv = new CsvOptions();

  @Override
  public Integer call() {
    SensorTable table = csv.read(data);
    try (Scorer scorer = Scorer.open(bundle.read())) {
      SensorTable fitted = train.isEmpty() ? table : csv.read(train);
      System.out.print(LabelledEvaluation.of(scorer, fitted, table, evaluator(table)).table());
    }
    if (train.isEmpty()) {
      System.out.println(
          "\nThe simple detectors were fitted to the normal rows of this very data; --train FILE"
              + " fits them to what the model was trained on.");
    }
    return 0;
  }

  private Evaluator evaluator(SensorTable table) {
    try {
      return new Evaluator(table, Evaluator.WIDEST_BUFFER, alarmsPerDay);
    } catch (IllegalArgumentException e) {
      throw new InvalidInputException("--alarms-per-day: " + e.getMessage(), e);
    }
  }
}
