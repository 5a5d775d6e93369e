package dev.elbow.benchmarks.fuzz;

import dev.elbow.benchmarks.DetectorOptions;
import dev.elbow.benchmarks.FigureOptions;
import dev.elbow.benchmarks.pipeline.Workshop;
import dev.elbow.demo.QuietLogs;
import dev.elbow.input.InvalidInputException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code benchmark fuzz}: what the detector makes of bad input. */
@Command(
    name = "fuzz",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Starts a Kafka broker in this process and sends the detector records of which half are sound"
          + " and the rest are spoilt: keys, values, headers and timestamps. Counts, read committed,"
          + " what has become of every one. A part of the records each for JSON and Avro and for a"
          + " model of rows and one of series, and a part for one of series whose shifts are"
          + " acknowledged, by records of which half are spoilt.",
      "Exit code 1 if a record has no outcome or several, if a rejected one is not as it was sent, a"
          + " sound one is rejected, the metrics say something else, or the detector stalls."
    })
public final class FuzzCommand implements Callable<Integer> {

  @Option(
      names = "--records",
      paramLabel = "N",
      description = "How many records in all. Default: ${DEFAULT-VALUE}.")
  private long records = 1_000_000;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Of the records: the same for the same seed. Default: ${DEFAULT-VALUE}.")
  private long seed = 1;

  @Option(
      names = "--format",
      split = ",",
      paramLabel = "NAME",
      description = "Only these: ${COMPLETION-CANDIDATES}.")
  private List<FuzzFormat> formats = List.of(FuzzFormat.values());

  @Mixin private DetectorOptions detector = new DetectorOptions();

  @Mixin private FigureOptions output = new FigureOptions();

  private record Kind(FuzzFormat format, boolean series, boolean acknowledged) {}

  private List<Kind> kinds() {
    List<Kind> kinds = new ArrayList<>();
    for (FuzzFormat format : formats) {
      kinds.add(new Kind(format, false, false));
      kinds.add(new Kind(format, true, false));
    }
    kinds.add(new Kind(formats.get(0), true, true));
    return kinds;
  }

  @Override
  public Integer call() throws IOException {
    List<Kind> kinds = kinds();
    int runs = kinds.size();
    if (records < runs) {
      throw new InvalidInputException(
          "--records: expected at least %d, found %d".formatted(runs, records));
    }
    QuietLogs.unlessAskedFor();
    FuzzTable table = new FuzzTable();
    try (Workshop workshop = new Workshop()) {
      for (Kind kind : kinds) {
        FuzzRun run =
            new FuzzRun(
                workshop, kind.format(), kind.series(), kind.acknowledged(), detector.settings());
        FuzzResult result = run.run(records / runs, 2 * seed + (kind.series() ? 1 : 0));
        System.out.print(FuzzTable.text(result));
        table.add(result);
      }
    }
    System.out.printf("%n%s", table.text());
    output.write(table.figures());
    return table.isAsExpected() ? 0 : 1;
  }
}
