package dev.elbow.benchmarks.quality;

import dev.elbow.benchmarks.Figure;
import dev.elbow.benchmarks.FigureOptions;
import dev.elbow.cli.FitOptions;
import dev.elbow.input.InvalidInputException;
import dev.elbow.trainer.TrainingSettings;
import dev.elbow.trainer.data.SensorTable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** On which sets of a collection something is measured, how often, and where the figures go. */
final class CollectionOptions {

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
      names = "--seeds",
      paramLabel = "N",
      description =
          "Trainings per set: from the seed given, the next, and so on. Default:"
              + " ${DEFAULT-VALUE}.")
  private int seeds = 1;

  @Mixin private FigureOptions output = new FigureOptions();

  /** Whether sets of a family are asked for. */
  boolean asksFor(String family) {
    return families.isEmpty() || families.contains(family);
  }

  /**
   * The sets of the families asked for, those of normal rows alone too.
   *
   * @throws InvalidInputException if there is no readable manifest
   */
  List<DataSet> sets() {
    return DataSet.in(data).stream().filter(set -> asksFor(set.family())).toList();
  }

  /**
   * The sets of the families asked for that have test rows.
   *
   * @throws InvalidInputException if there is no readable manifest
   */
  List<DataSet> testedSets() {
    return sets().stream().filter(set -> Files.isReadable(set.test())).toList();
  }

  /**
   * The seeds of the trainings, the first the one of the settings.
   *
   * @throws InvalidInputException if there is none
   */
  List<Long> seeds(FitOptions fit) {
    if (seeds < 1) {
      throw new InvalidInputException("--seeds: expected at least 1, found " + seeds);
    }
    return LongStream.range(fit.seed(), fit.seed() + seeds).boxed().toList();
  }

  /** The settings of a training, from one of the seeds. */
  static TrainingSettings settings(FitOptions fit, SensorTable train, long seed) {
    TrainingSettings settings = fit.settings(train);
    return settings.withFit(settings.fit().withSeed(seed));
  }

  /**
   * What to say where nothing could be measured.
   *
   * @param needed of a set
   */
  InvalidInputException nothingToMeasure(String needed) {
    return new InvalidInputException(
        "--data %s: no set of the families asked for has %s".formatted(data, needed));
  }

  /** Writes the figures if a file was given. */
  void write(List<Figure> figures) {
    output.write(figures);
  }
}
