package dev.elbow.benchmarks.reliability;

import dev.elbow.bundle.BundleReader;
import dev.elbow.bundle.ModelBundle;
import dev.elbow.row.Window;
import dev.elbow.trainer.TrainingRun;
import dev.elbow.trainer.TrainingSettings;
import dev.elbow.trainer.data.SensorTable;
import dev.elbow.trainer.fit.FitListener;
import dev.elbow.trainer.fit.FitSettings;
import dev.elbow.trainer.input.InputChoice;
import dev.elbow.trainer.input.InputSettings;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * Small models of the known input, trained when they are first needed. Safe for several threads.
 */
final class Models {

  private static final int ROWS = 2000;
  private static final int ROUNDS = 100;
  private static final int WINDOW = 4;
  private static final double FALSE_ALARM_RATE = 0.02;

  private final Path directory;
  private final Map<Kind, ModelBundle> trained = new HashMap<>();

  /**
   * @param directory for the bundles
   */
  Models(Path directory) {
    this.directory = directory;
  }

  private record Kind(boolean series, int seed) {}

  /** The model that a run begins with. */
  synchronized ModelBundle first(boolean series) {
    return trained.computeIfAbsent(new Kind(series, 1), this::train);
  }

  /** Another one of the same sensors. */
  synchronized ModelBundle second(boolean series) {
    return trained.computeIfAbsent(new Kind(series, 2), this::train);
  }

  private ModelBundle train(Kind kind) {
    SensorTable table = new KnownInput(kind.seed()).table(ROWS);
    InputSettings input =
        kind.series() ? InputSettings.AUTO.withWindow(Window.ofRows(WINDOW)) : InputSettings.ROWS;
    TrainingSettings defaults = TrainingSettings.defaults(table, InputChoice.of(table, input));
    FitSettings fit =
        defaults.fit().withRounds(FitSettings.Rounds.exactly(ROUNDS)).withSeed(kind.seed());
    Path bundle = directory.resolve((kind.series() ? "series-" : "rows-") + kind.seed());
    new TrainingRun(table, defaults.withFit(fit).withFalseAlarmRate(FALSE_ALARM_RATE))
        .writeTo(bundle, FitListener.silent());
    return BundleReader.read(bundle);
  }
}
