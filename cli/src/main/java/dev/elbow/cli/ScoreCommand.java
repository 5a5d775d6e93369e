package dev.elbow.cli;

import dev.elbow.scoring.Scorer;
import dev.elbow.trainer.data.SensorTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code score}: a CSV of scores for a CSV of observations. */
@Command(
    name = "score",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Scores files with a bundle, exactly as the detector would.",
      "One row out per row in, in order:"
          + " row,timestamp,score,smoothed,reconstruction,kl,threshold,anomaly,reason and, if asked"
          + " for, contribution.SENSOR, in nats. A row that cannot be scored has empty numbers and"
          + " a reason, such as \"warming up\" for the first rows of a series."
    })
public final class ScoreCommand implements ElbowCommand {

  @Mixin private BundleOptions bundle = new BundleOptions();

  @Option(
      names = "--data",
      required = true,
      arity = "1..*",
      paramLabel = "FILE",
      description = "CSV files, scored one after the other.")
  private List<Path> data = List.of();

  @Option(
      names = "--output",
      required = true,
      paramLabel = "FILE",
      description = "Where the scores go, a CSV; an earlier file is replaced at the end.")
  private Path output = Path.of("");

  @Option(
      names = "--contributions",
      description = "Add each sensor's share of the reconstruction term.")
  private boolean contributions;

  @Mixin private CsvOptions csv = new CsvOptions();

  @Override
  public Integer call() throws IOException {
    try (Scorer scorer = Scorer.open(bundle.read())) {
      SensorTable table = csv.read(data);
      TableScorer tableScorer = new TableScorer(scorer, table);
      if (!tableScorer.unused().isEmpty()) {
        System.err.printf(
            "not sensors of the model, passed over: %s%n", String.join(", ", tableScorer.unused()));
      }
      try (ScoreFile file = ScoreFile.create(output, scorer.bundle(), contributions);
          Progress progress = Progress.start("scoring", Math.max(1, table.count()))) {
        tableScorer.forEach(
            (i, verdict) -> {
              file.write(i, table.timestamp(i), verdict);
              progress.at(i + 1L, "");
            });
        file.commit();
      }
      System.out.printf(
          "scored %,d rows into %s: %,d anomalies, %,d not scorable%s%n",
          table.count(),
          output,
          tableScorer.anomalies(),
          tableScorer.rejected(),
          tableScorer.warmingUp() == 0
              ? ""
              : String.format(", %,d warming up", tableScorer.warmingUp()));
    }
    return 0;
  }
}
