package dev.elbow.benchmarks.quality;

import dev.elbow.cli.FitOptions;
import dev.elbow.input.InvalidInputException;
import dev.elbow.trainer.data.SensorTable;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code benchmark missing}: what is left of a model when sensors are missing. */
@Command(
    name = "missing",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Trains on whole rows, takes a share of the test cells away, here and there or whole sensors"
          + " for the whole test, and prints AUC-ROC and AUC-PR by family, beside the same model"
          + " with the training's mean in place of the missing cells. At least one sensor is left"
          + " in every row, and every row is scored, however little of it was observed.",
      "Sets of one sensor are left out."
    })
public final class MissingCommand implements Callable<Integer> {

  @Mixin private CollectionOptions collection = new CollectionOptions();

  @Option(
      names = "--shares",
      split = ",",
      paramLabel = "SHARE",
      description = "Shares taken away, separated by commas. Default: 0.1,0.25,0.5.")
  private List<Double> shares = List.of(0.1, 0.25, 0.5);

  @Mixin private FitOptions fit = new FitOptions();

  @Override
  public Integer call() throws IOException {
    if (shares.stream().anyMatch(share -> !(share > 0 && share < 1))) {
      throw new InvalidInputException(
          "--shares: expected numbers between 0 and 1, found " + shares);
    }
    MissingTable table = new MissingTable();
    for (DataSet set : collection.sets()) {
      if (Files.isReadable(set.test())) {
        List<MissingRun.Result> results = resultsOf(set);
        table.add(results);
        System.out.print(
            results.isEmpty() ? "" : set.name() + "%n".formatted() + MissingTable.lines(results));
      }
    }
    if (table.isEmpty()) {
      throw collection.nothingToMeasure("test rows and two sensors");
    }
    System.out.printf("%nmeans by family, AUC-ROC / AUC-PR%n%s", table.text());
    collection.write(table.figures());
    return 0;
  }

  private List<MissingRun.Result> resultsOf(DataSet set) throws IOException {
    SensorTable train = QualityRun.read(set.train());
    SensorTable test = QualityRun.read(set.test());
    List<MissingRun.Result> results = new ArrayList<>();
    for (long seed : train.features() > 1 ? collection.seeds(fit) : List.<Long>of()) {
      results.addAll(
          MissingRun.of(set, train, test, CollectionOptions.settings(fit, train, seed), shares));
    }
    return results;
  }
}
