package dev.elbow.benchmarks.quality;

import dev.elbow.benchmarks.quality.DriftRun.Both;
import dev.elbow.cli.FitOptions;
import dev.elbow.input.InvalidInputException;
import dev.elbow.trainer.TrainingSettings;
import dev.elbow.trainer.data.SensorTable;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code benchmark drift}: what one threshold and two clocks make of series that drift. */
@Command(
    name = "drift",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Tells alarms from the scores of series by a fixed threshold on the smoothed score and by the"
          + " rule of two clocks, both fitted to the same held-out rows for the same false-alarm"
          + " rate, and counts",
      "- the false alarms on normal rows in the order of time, of sets with at least 1000 normal"
          + " training rows: the first 80 % train (a quarter of them sets the threshold), the last"
          + " 20 % are checked;",
      "- the events found and the false alarms on labelled test rows;",
      "- the ramps of 2, 3 and 4 standard deviations on one sensor that are raised, of the same sets"
          + " as the first."
    })
public final class DriftCommand implements Callable<Integer> {

  /** Fewer normal rows than this say nothing about one false alarm in a hundred. */
  static final int FEWEST_ROWS = 1000;

  /** 60 % to fit to and 20 % for the threshold, of the 80 % that train. */
  private static final double HELD_OUT = 0.25;

  @Mixin private CollectionOptions collection = new CollectionOptions();

  @Option(
      names = "--rate",
      paramLabel = "RATE",
      description = "False-alarm rate of both rules. Default: ${DEFAULT-VALUE}.")
  private double rate = 0.01;

  @Option(
      names = "--ramps",
      paramLabel = "N",
      description =
          "Ramps of each size and length per set and seed; 0 for none. Default: ${DEFAULT-VALUE}.")
  private int ramps = 8;

  @Option(
      names = "--ramp-rows",
      split = ",",
      paramLabel = "ROWS",
      description = "Over how many rows ramps rise, separated by commas. Default: 500,2000,8000.")
  private List<Integer> rampRows = List.of(500, 2000, 8000);

  @Mixin private FitOptions fit = FitOptions.holdingOut(HELD_OUT);

  @Override
  public Integer call() throws IOException {
    if (!(rate > 0 && rate < 1) || ramps < 0 || rampRows.stream().anyMatch(rows -> rows < 1)) {
      throw new InvalidInputException(
          "expected --rate between 0 and 1, --ramps of at least 0 and --ramp-rows of at least 1,"
              + " found %s, %d and %s".formatted(rate, ramps, rampRows));
    }
    DriftTable table = new DriftTable(rate);
    for (DataSet set : collection.sets()) {
      SensorTable train = QualityRun.read(set.train());
      for (long seed : train.hasTimestamps() ? collection.seeds(fit) : List.<Long>of()) {
        measureInTime(set, train, seed, table);
        measureEvents(set, train, seed, table);
      }
    }
    if (table.isEmpty()) {
      throw collection.nothingToMeasure(
          "timestamps, and %d normal rows or labelled test rows".formatted(FEWEST_ROWS));
    }
    System.out.print(table.text());
    collection.write(table.figures());
    return 0;
  }

  private void measureInTime(DataSet set, SensorTable train, long seed, DriftTable table)
      throws IOException {
    Optional<HeldBack> parts =
        HeldBack.lastOf(train).filter(rows -> train.normalRows().length >= FEWEST_ROWS);
    if (parts.isPresent()) {
      try (DriftRun run = trained(parts.get().train(), seed)) {
        table.addInTime(set, run.falseAlarms(parts.get().normal()));
        table.addRamps(run.ramps(rampRows, ramps, new Random(seed)));
      }
    }
  }

  private void measureEvents(DataSet set, SensorTable train, long seed, DriftTable table)
      throws IOException {
    if (!Files.isReadable(set.test())) {
      return;
    }
    SensorTable test = QualityRun.read(set.test());
    if (test.anomalousRows().length > 0) {
      try (DriftRun run = trained(train, seed)) {
        Both<Standings> standings = run.standings(test);
        table.addEvents(
            set,
            new Both<>(standings.fixed().events(), standings.twoClocks().events()),
            new Both<>(
                standings.fixed().shares(i -> !test.anomalous(i)),
                standings.twoClocks().shares(i -> !test.anomalous(i))));
      }
    }
  }

  private DriftRun trained(SensorTable train, long seed) throws IOException {
    TrainingSettings settings = CollectionOptions.settings(fit, train, seed);
    return DriftRun.train(train, settings, rate);
  }
}
