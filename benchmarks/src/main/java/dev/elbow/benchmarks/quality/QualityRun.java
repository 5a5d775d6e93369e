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
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One set, by the way a user goes: train to a bundle, read it back, score through ONNX Runtime. */
final class QualityRun {

  private QualityRun() {}

  /** The results of Elbow and of the simple detectors on the set's test rows. */
  static List<DetectorResult> of(DataSet set, FitOptions fit) throws IOException {
    SensorTable train = read(set.train());
    SensorTable test = read(set.test());
    Path directory = Files.createTempDirectory("elbow-quality");
    try {
      Path bundle = directory.resolve("bundle");
      new TrainingRun(train, fit.settings(train)).writeTo(bundle, FitListener.silent());
      try (Scorer scorer = Scorer.open(BundleReader.read(bundle))) {
        return LabelledEvaluation.of(scorer, train, test).results();
      }
    } finally {
      Files.walkFileTree(directory, new Deletion());
    }
  }

  private static SensorTable read(Path file) {
    return new CsvSource(List.of(file), CsvColumns.defaults()).read();
  }

  private static final class Deletion extends SimpleFileVisitor<Path> {

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.delete(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
        throws IOException {
      Files.delete(directory);
      return FileVisitResult.CONTINUE;
    }
  }
}
