package dev.elbow.cli;

import dev.elbow.input.InvalidInputException;
import dev.elbow.scoring.Scorer;
import dev.elbow.trainer.data.SensorTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
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
      arity = "1..*",
      paramLabel = "FILE",
      description = "CSV files, scored one after the other.")
  private List<Path> data = List.of();

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description = "Where the scores go, a CSV; an earlier file is replaced at the end.")
  private Optional<Path> output = Optional.empty();

  @Option(
      names = "--contributions",
      description = "Add each sensor's share of the reconstruction term.")
  private boolean contributions;

  @Mixin private RangeOptions range = new RangeOptions();
  @Mixin private FormatOptions format = new FormatOptions();
  @Mixin private KafkaOptions kafka = new KafkaOptions();
  @Mixin private CsvOptions csv = new CsvOptions();

  @Override
  public Integer call() throws IOException {
    check();
    if (range.topic().isPresent()) {
      System.out.print(
          new TopicRescoring(kafka.clientSettings(), format.format(), range, output)
              .run(bundle.read()));
    } else {
      scoreFiles(output.orElseThrow());
    }
    return 0;
  }

  private void check() {
    if (data.isEmpty() != range.topic().isPresent()) {
      throw new InvalidInputException(
          "expected either --data FILE or --topic TOPIC, found "
              + (data.isEmpty() ? "neither" : "both"));
    }
    boolean files = range.topic().isEmpty();
    if (files && (range.given() || format.given() || kafka.given())) {
      throw new InvalidInputException(
          "--from, --to, --partition, --output-topic, --acknowledgements-topic, --format, --schema,"
              + " --bootstrap-server and --command-config go with --topic; found --data");
    }
    if (!files && (csv.given() || contributions)) {
      throw new InvalidInputException(
          "--label, --entity, --ignore and --contributions go with --data; found --topic");
    }
    if (output.isPresent() == range.outputTopic().isPresent()) {
      throw new InvalidInputException(
          files
              ? "--output FILE is missing: where do the scores go?"
              : "expected either --output FILE or --output-topic TOPIC, found "
                  + (output.isPresent() ? "both" : "neither"));
    }
  }

  private void scoreFiles(Path file) throws IOException {
    try (Scorer scorer = Scorer.open(bundle.read())) {
      SensorTable table = csv.read(data);
      TableScorer tableScorer = new TableScorer(scorer, table);
      if (!tableScorer.unused().isEmpty()) {
        System.err.printf(
            "not sensors of the model, passed over: %s%n", String.join(", ", tableScorer.unused()));
      }
      try (ScoreFile scores = ScoreFile.create(file, scorer.bundle(), contributions);
          Progress progress = Progress.start("scoring", Math.max(1, table.count()))) {
        tableScorer.forEach(
            (i, verdict) -> {
              scores.write(i, table.timestamp(i), verdict);
              progress.at(i + 1L, "");
            });
        scores.commit();
      }
      System.out.printf(
          "scored %,d rows into %s: %,d anomalies, %,d not scorable%s%n",
          table.count(),
          file,
          tableScorer.anomalies(),
          tableScorer.rejected(),
          tableScorer.warmingUp() == 0
              ? ""
              : String.format(", %,d warming up", tableScorer.warmingUp()));
    }
  }
}
