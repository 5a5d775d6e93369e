package dev.elbow.demo;

import dev.elbow.bundle.ModelBundle;
import dev.elbow.cli.Progress;
import dev.elbow.trainer.TrainingRun;
import dev.elbow.trainer.TrainingSettings;
import dev.elbow.trainer.data.SensorTable;
import dev.elbow.trainer.fit.FitListener;
import java.nio.file.Path;
import java.util.concurrent.CancellationException;

/** The training of a demo: {@code elbow train} with its defaults, which can be stopped. */
final class DemoTraining {

  private static final int PER_CENT = 100;

  private DemoTraining() {}

  /**
   * Trains.
   *
   * @throws dev.elbow.input.InvalidInputException if the table cannot be trained on
   * @throws CancellationException soon after the signal to stop
   */
  static ModelBundle train(SensorTable table, DemoSettings settings, Path directory, Signal stop) {
    TrainingSettings defaults = TrainingSettings.defaults(table);
    TrainingSettings training =
        defaults
            .withFit(defaults.fit().withSeed(settings.seed()))
            .withFalseAlarmRate(settings.falseAlarmRate());
    try (Progress progress = Progress.start("training", PER_CENT)) {
      return new TrainingRun(table, training)
          .writeTo(directory, fitted -> onRound(fitted, progress, stop))
          .bundle();
    }
  }

  private static void onRound(FitListener.Progress fitted, Progress progress, Signal stop) {
    if (stop.given()) {
      throw new CancellationException("stopped while training");
    }
    progress.at(
        (long) PER_CENT * fitted.round() / fitted.rounds(),
        "loss %.2f nats".formatted(fitted.loss().total()));
  }
}
