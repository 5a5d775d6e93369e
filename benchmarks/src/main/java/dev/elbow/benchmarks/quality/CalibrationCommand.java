package dev.elbow.benchmarks.quality;

import dev.elbow.benchmarks.FigureFile;
import dev.elbow.cli.FitOptions;
import dev.elbow.input.InvalidInputException;
import dev.elbow.trainer.TrainingSettings;
import dev.elbow.trainer.data.SensorTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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

  @Option(
      names = "--data",
      required = true,
      paramLabel = "DIR",
      description = "A folder with a MANIFEST.csv and one folder per set (train.csv, test.csv).")
  private Path data = Path.of("");

  @Option(
      names = "--family",
      split = ",",
      paramLabel = "NAME",
      description = "Only these families, separated by commas.")
  private List<String> families = List.of();

  @Option(
      names = "--rates",
      split = ",",
      paramLabel = "RATE",
      description = "False-alarm rates, separated by commas. Default: 0.01,0.001.")
  private List<Double> rates = List.of(0.01, 0.001);

  @Option(
      names = "--seeds",
      paramLabel = "N",
      description = "Shuffles and trainings per set. Default: ${DEFAULT-VALUE}.")
  private int seeds = 3;

  @Option(
      names = "--output",
      paramLabel = "FILE.json",
      description = "Also write the means as JSON.")
  private Optional<Path> output = Optional.empty();

  @Mixin private FitOptions fit = new FitOptions();

  @Override
  public Integer call() throws IOException {
    if (seeds < 1 || rates.stream().anyMatch(rate -> !(rate > 0 && rate < 1))) {
      throw new InvalidInputException(
          "expected --seeds of at least 1 and --rates between 0 and 1, found %d and %s"
              .formatted(seeds, rates));
    }
    CalibrationTable table = new CalibrationTable(rates);
    int sets = 0;
    for (DataSet set : DataSet.all(data)) {
      if (families.isEmpty() || families.contains(set.family())) {
        List<FalseAlarmCheck.Result> results = resultsOf(set);
        sets += results.isEmpty() ? 0 : 1;
        System.out.print(results.isEmpty() ? "" : table.add(results));
      }
    }
    if (sets == 0) {
      throw new InvalidInputException(
          "--data %s: no set with %d normal rows of the families asked for"
              .formatted(data, FalseAlarmCheck.FEWEST_ROWS));
    }
    System.out.printf("%n%s", table.means());
    output.ifPresent(file -> FigureFile.write(file, table.figures()));
    return 0;
  }

  /** One result per seed; none if the set has too few normal rows. */
  private List<FalseAlarmCheck.Result> resultsOf(DataSet set) throws IOException {
    List<SensorTable> tables = set.files().stream().map(QualityRun::read).toList();
    List<FalseAlarmCheck.Result> results = new ArrayList<>();
    for (int seed = 1; seed <= seeds; seed++) {
      SensorTable shuffled = FalseAlarmCheck.shuffled(tables, seed);
      if (shuffled.count() >= FalseAlarmCheck.FEWEST_ROWS) {
        long fitSeed = seed;
        results.add(
            FalseAlarmCheck.of(set.name(), shuffled, train -> settings(train, fitSeed), rates));
      }
    }
    return results;
  }

  private TrainingSettings settings(SensorTable train, long seed) {
    TrainingSettings settings = fit.settings(train);
    return settings.withFit(settings.fit().withSeed(seed));
  }
}
