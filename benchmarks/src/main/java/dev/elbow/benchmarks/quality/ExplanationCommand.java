package dev.elbow.benchmarks.quality;

import dev.elbow.cli.FitOptions;
import dev.elbow.input.InvalidInputException;
import dev.elbow.trainer.data.SensorTable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code benchmark explanation}: whether the sensor that is wrong is the one that is blamed. */
@Command(
    name = "explanation",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Puts faults of one sensor (3, 5 and 8 standard deviations; in series an offset, a ramp and a"
          + " burst of noise over 20 rows) into copies of normal rows that the model has not seen,"
          + " and looks where the sensor stands among the contributions that events publish: in the"
          + " row with the highest score, and summed over all rows that were told of. Beside it:"
          + " where it stands by |z| in the same rows. A fault counts as raised if its rows are told"
          + " of and the same rows without it are not.",
      "Sensors that are constant in training or copy another (correlation above 0.99) are never at"
          + " fault here, and sets of which fewer than two sensors remain are left out: the question"
          + " has no answer there.",
      "The family simulated-plant is the demo's station, whose faults are physical and may show in"
          + " several sensors: it is enough to blame one of them."
    })
public final class ExplanationCommand implements Callable<Integer> {

  @Mixin private CollectionOptions collection = new CollectionOptions();

  @Option(
      names = "--faults",
      paramLabel = "N",
      description = "Faults of each shape and size per set and seed. Default: ${DEFAULT-VALUE}.")
  private int faults = 40;

  @Mixin private FitOptions fit = new FitOptions();

  @Override
  public Integer call() throws IOException {
    if (faults < 1) {
      throw new InvalidInputException("--faults: expected at least 1, found " + faults);
    }
    ExplanationTable table = new ExplanationTable();
    for (DataSet set : collection.sets()) {
      measure(set, table);
    }
    for (long seed : collection.seeds(fit)) {
      if (collection.asksFor(PlantExplanation.FAMILY)) {
        table.add(PlantExplanation.of(fit, seed));
      }
    }
    if (table.count() == 0) {
      throw collection.nothingToMeasure("normal rows held back and two sensors to tell apart");
    }
    System.out.printf("%n%s", table.text());
    collection.write(table.figures());
    return 0;
  }

  private void measure(DataSet set, ExplanationTable table) throws IOException {
    Optional<HeldBack> parts = HeldBack.of(set, ExplanationRun.LEAST_ROWS_OF_SERIES);
    if (parts.isEmpty()) {
      System.out.printf("%-40s left out: too few normal rows held back%n", set.name());
      return;
    }
    SensorTable train = parts.get().train();
    int[] culprits = BlamableSensors.of(train);
    List<Explained> explained = new ArrayList<>();
    for (long seed : culprits.length >= 2 ? collection.seeds(fit) : List.<Long>of()) {
      explained.addAll(faultsOf(set, parts.get(), culprits, seed));
    }
    table.add(explained);
    System.out.printf(
        "%-40s %2d of %2d sensors may be at fault%s%n",
        set.name(), culprits.length, train.features(), ExplanationTable.inShort(explained));
  }

  private List<Explained> faultsOf(DataSet set, HeldBack parts, int[] culprits, long seed)
      throws IOException {
    SensorTable train = parts.train();
    try (TrainedBundle bundle =
        TrainedBundle.of(train, CollectionOptions.settings(fit, train, seed))) {
      ExplanationRun run =
          new ExplanationRun(bundle.scorer(), parts.normal(), culprits, new Random(seed));
      return run.isPossible() ? run.run(set, faults) : List.of();
    }
  }
}
