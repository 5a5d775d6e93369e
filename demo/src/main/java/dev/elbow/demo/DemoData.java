package dev.elbow.demo;

import dev.elbow.demo.plant.Fault;
import dev.elbow.demo.plant.SimulatedPlant;
import dev.elbow.input.InvalidInputException;
import dev.elbow.trainer.data.CsvColumns;
import dev.elbow.trainer.data.CsvSource;
import dev.elbow.trainer.data.SensorTable;
import dev.elbow.trainer.data.SensorTableBuilder;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The rows of a demo.
 *
 * @param training to fit a model to; empty if a model is given
 * @param replay to send through Kafka, in order
 * @param faults what is known to be wrong in {@code replay} beyond its labels; empty unless it is
 *     simulated
 * @param origin where both came from, a sentence for people
 */
record DemoData(
    Optional<SensorTable> training, SensorTable replay, List<Fault> faults, String origin) {

  /** Without a training file, this much of the data, from its beginning, is trained on. */
  private static final int TRAINING_PART = 5;

  DemoData {
    faults = List.copyOf(faults);
  }

  /**
   * @throws InvalidInputException if a file cannot be read or the two have different sensors
   */
  static DemoData of(DemoSettings settings) {
    if (settings.data().isEmpty()) {
      return simulated(
          SimulatedPlant.Settings.standard(settings.seed()), settings.model().isEmpty());
    }
    Path file = settings.data().get();
    boolean labelNamed = !settings.labelColumn().equals(CsvColumns.DEFAULT_LABEL);
    SensorTable data = read(file, settings, labelNamed);
    if (settings.model().isPresent()) {
      return new DemoData(Optional.empty(), data, List.of(), "all of " + file);
    }
    if (settings.train().isPresent()) {
      SensorTable training = read(settings.train().get(), settings, false);
      requireSensors(training, settings.train().get(), data, file);
      return new DemoData(
          Optional.of(training),
          data,
          List.of(),
          "training on %s, replaying %s".formatted(settings.train().get(), file));
    }
    int leading = data.count() / TRAINING_PART;
    return new DemoData(
        Optional.of(rows(data, 0, leading)),
        rows(data, leading, data.count()),
        List.of(),
        "training on the leading fifth of %s, replaying the rest".formatted(file));
  }

  /** A simulated station; with {@code training} false, its test stretch alone. */
  static DemoData simulated(SimulatedPlant.Settings settings, boolean training) {
    SimulatedPlant plant = SimulatedPlant.simulate(settings);
    return new DemoData(
        training ? Optional.of(plant.training()) : Optional.empty(),
        plant.test(),
        plant.faults(),
        "a SIMULATED pumping station: %d pumps, %d days, seed %d"
            .formatted(settings.pumps(), settings.test().toDays(), settings.seed()));
  }

  /**
   * Makes sure that a model that was not trained on this data can score it.
   *
   * @throws InvalidInputException if the data to replay lack a sensor
   */
  void requireSensors(List<String> sensors) {
    List<String> absent =
        sensors.stream().filter(sensor -> !replay.sensors().contains(sensor)).toList();
    if (!absent.isEmpty()) {
      throw new InvalidInputException(
          "--model: the data to replay lack %s of its sensors: %s"
              .formatted(absent.size(), String.join(", ", absent)));
    }
  }

  private static SensorTable read(Path file, DemoSettings settings, boolean labelRequired) {
    CsvColumns columns =
        new CsvColumns(settings.labelColumn(), labelRequired, settings.entityColumn(), Set.of());
    return new CsvSource(List.of(file), columns).read();
  }

  private static void requireSensors(
      SensorTable training, Path trainingFile, SensorTable data, Path dataFile) {
    List<String> absent =
        training.sensors().stream().filter(sensor -> !data.sensors().contains(sensor)).toList();
    if (!absent.isEmpty()) {
      throw new InvalidInputException(
          "%s: expected the sensors of %s, found no column %s"
              .formatted(dataFile, trainingFile, String.join(", ", absent)));
    }
  }

  private static SensorTable rows(SensorTable table, int from, int to) {
    SensorTableBuilder part = SensorTable.of(table.sensors());
    for (int i = from; i < to; i++) {
      part.add(table.row(i));
      table.timestamp(i).ifPresent(part::at);
      if (table.hasEntities()) {
        part.of(table.entity(i));
      }
      if (table.hasLabels()) {
        part.labelled(table.anomalous(i));
      }
    }
    return part.build(table.source());
  }
}
