package dev.elbow.benchmarks.quality;

import dev.elbow.bundle.BundleReader;
import dev.elbow.scoring.Scorer;
import dev.elbow.trainer.TrainingRun;
import dev.elbow.trainer.TrainingSettings;
import dev.elbow.trainer.data.SensorTable;
import dev.elbow.trainer.fit.FitListener;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A model of a table by the way a user goes: trained to a bundle on disk, read back and run by ONNX
 * Runtime.
 *
 * @param folder holds the bundle, until this is closed
 * @param scorer of the bundle
 */
public record TrainedBundle(TemporaryFolder folder, Scorer scorer) implements AutoCloseable {

  /** Trains. */
  public static TrainedBundle of(SensorTable train, TrainingSettings settings) throws IOException {
    TemporaryFolder folder = TemporaryFolder.create();
    try {
      Path bundle = folder.path().resolve("bundle");
      new TrainingRun(train, settings).writeTo(bundle, FitListener.silent());
      return new TrainedBundle(folder, Scorer.open(BundleReader.read(bundle)));
    } catch (RuntimeException | Error e) {
      folder.close();
      throw e;
    }
  }

  @Override
  public void close() throws IOException {
    try (folder) {
      scorer.close();
    }
  }
}
