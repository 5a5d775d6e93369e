package dev.elbow.benchmarks.quality;

import dev.elbow.cli.FitOptions;
import dev.elbow.cli.TableScorer;
import dev.elbow.demo.plant.Fault;
import dev.elbow.demo.plant.PumpSensor;
import dev.elbow.demo.plant.SimulatedPlant;
import dev.elbow.row.RowTransform;
import dev.elbow.scoring.Scorer;
import dev.elbow.trainer.data.SensorTable;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The faults of the simulated pumping station, whose guilty sensors are known. A fault may show in
 * several; then it is enough that one of them is blamed.
 */
final class PlantExplanation {

  /** The name of its family. */
  static final String FAMILY = "simulated-plant";

  private PlantExplanation() {}

  /** One simulation, trained on its normal stretch. */
  static List<Explained> of(FitOptions fit, long seed) throws IOException {
    SimulatedPlant plant = SimulatedPlant.simulate(SimulatedPlant.Settings.standard(seed));
    SensorTable train = plant.training();
    try (TrainedBundle bundle =
        TrainedBundle.of(train, CollectionOptions.settings(fit, train, seed))) {
      return explained(bundle.scorer(), plant);
    }
  }

  private static List<Explained> explained(Scorer scorer, SimulatedPlant plant) {
    RowTransform transform = scorer.bundle().rowTransform();
    SensorTable test = plant.test();
    List<FaultyRows> faulty =
        plant.faults().stream().map(fault -> new FaultyRows(transform.sensors())).toList();
    int[] columns = test.columnsOf(transform.names());
    new TableScorer(scorer, test)
        .forEach(
            (i, verdict) -> {
              for (int k = 0; k < faulty.size(); k++) {
                if (isAt(plant.faults().get(k), test, i)) {
                  faulty.get(k).see(verdict, test.row(i, columns));
                }
              }
            });
    return IntStream.range(0, faulty.size())
        .filter(k -> faulty.get(k).isScored())
        .mapToObj(k -> explained(plant.faults().get(k), faulty.get(k), transform))
        .toList();
  }

  private static boolean isAt(Fault fault, SensorTable test, int i) {
    return fault.machine().equals(test.entity(i)) && fault.labels(test.timestamp(i).orElseThrow());
  }

  private static Explained explained(Fault fault, FaultyRows rows, RowTransform transform) {
    Set<String> guilty =
        fault.sensors().stream().map(PumpSensor::column).collect(Collectors.toSet());
    IntPredicate isGuilty = d -> guilty.contains(transform.names().get(d));
    return new Explained(
        FAMILY,
        FAMILY,
        "plant: " + fault.kind().title(),
        transform.features(),
        rows.inHighestRow(isGuilty),
        rows.isRaised() ? Optional.of(rows.overEpisode(isGuilty)) : Optional.empty());
  }
}
