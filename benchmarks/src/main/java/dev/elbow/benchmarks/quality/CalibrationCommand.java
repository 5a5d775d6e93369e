package dev.elbow.benchmarks.quality;

import dev.elbow.cli.FitOptions;
import dev.elbow.input.InvalidInputException;
import dev.elbow.trainer.data.SensorTable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code benchmark calibration}: whether thresholds keep the rate they were set for. */
@Command(
    name = "calibration",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Shuffles the normal rows of every set of a collection, trains on 60 % of them and counts the"
          + " false alarms among the rest, at thresholds for stated rates.",
      "Sets with fewer than 1000 normal rows are left out."
    })
public final class CalibrationCommand implements Callable<Integer> {

  @Mixin private CollectionOptions collection = new CollectionOptions();

  @Option(
      names = "--rates",
      split = ",",
      paramLabel = "RATE",
      description = "False-alarm rates, separated by commas. Default: 0.01,0.001.")
  private List<Double> rates = List.of(0.01, 0.001);

  @Mixin private FitOptions fit = new FitOptions();

  @Override
  public Integer call() throws IOException {
    if (rates.stream().anyMatch(rate -> !(rate > 0 && rate < 1))) {
      throw new InvalidInputException("--rates: expected between 0 and 1, found " + rates);
    }
    CalibrationTable table = new CalibrationTable(rates);
    int sets = 0;
    for (DataSet set : collection.sets()) {
      List<FalseAlarmCheck.Result> results = resultsOf(set);
      sets += results.isEmpty() ? 0 : 1;
      System.out.print(results.isEmpty() ? "" : table.add(results));
    }
    if (sets == 0) {
      throw collection.nothingToMeasure(FalseAlarmCheck.FEWEST_ROWS + " normal rows");
    }
    System.out.printf("%n%s", table.means());
    collection.write(table.figures());
    return 0;
  }

  /** One result per seed; none if the set has too few normal rows. */
  private List<FalseAlarmCheck.Result> resultsOf(DataSet set) throws IOException {
    List<SensorTable> tables = set.files().stream().map(QualityRun::read).toList();
    List<FalseAlarmCheck.Result> results = new ArrayList<>();
    for (long seed : collection.seeds(fit)) {
      SensorTable shuffled = FalseAlarmCheck.shuffled(tables, seed);
      if (shuffled.count() >= FalseAlarmCheck.FEWEST_ROWS) {
        results.add(
            FalseAlarmCheck.of(
                set.name(),
                shuffled,
                train -> CollectionOptions.settings(fit, train, seed),
                rates));
      }
    }
    return results;
  }
}
