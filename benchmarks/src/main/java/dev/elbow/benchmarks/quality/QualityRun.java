package dev.elbow.benchmarks.quality;

import dev.elbow.bundle.BundleReader;
import dev.elbow.cli.FitOptions;
import dev.elbow.cli.LabelledEvaluation;
import dev.elbow.scoring.Scorer;
import dev.elbow.trainer.TrainingRun;
import dev.elbow.trainer.data.CsvColumns;
import dev.elbow.trainer.data.CsvSource;
import dev.elbow.trainer.data.SensorTable;
import dev.elbow.trainer.evaluate.DetectorResult;
import dev.elbow.trainer.fit.FitListener;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** One set, by the way a user goes: train to a bundle, read it back, score through ONNX Runtime. */
final class QualityRun {

  private QualityRun() {}

  /** The results of Elbow and of the simple detectors on the set's test rows. */
  static List<DetectorResult> of(DataSet set, FitOptions fit, long seed) throws IOException {
    SensorTable train = read(set.train());
    SensorTable test = read(set.test());
    try (TemporaryFolder folder = TemporaryFolder.create()) {
      Path bundle = folder.path().resolve("bundle");
      new TrainingRun(train, CollectionOptions.settings(fit, train, seed))
          .writeTo(bundle, FitListener.silent());
      try (Scorer scorer = Scorer.open(BundleReader.read(bundle))) {
        return LabelledEvaluation.of(scorer, train, test).results();
      }
    }
  }

  /** The rows of a file of a set. */
  static SensorTable read(Path file) {
    return new CsvSource(List.of(file), CsvColumns.defaults()).read();
  }
}
