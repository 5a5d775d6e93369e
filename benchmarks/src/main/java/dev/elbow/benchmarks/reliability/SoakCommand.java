package dev.elbow.benchmarks.reliability;

import dev.elbow.benchmarks.DetectorOptions;
import dev.elbow.benchmarks.Figure;
import dev.elbow.benchmarks.FigureOptions;
import dev.elbow.benchmarks.Machine;
import dev.elbow.benchmarks.reliability.Variant.Guarantee;
import dev.elbow.demo.QuietLogs;
import dev.elbow.input.InvalidInputException;
import dev.elbow.trainer.report.TimeCharts;
import dev.elbow.trainer.report.TimeCharts.Chart;
import dev.elbow.trainer.report.TimeCharts.Point;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.function.ToDoubleFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code benchmark soak}: whether anything grows while a detector runs on and models change. */
@Command(
    name = "soak",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Runs a real broker and a detector, processes of their own, under steady load, changes the"
          + " model again and again, and looks at memory, latency, native sessions, threads and"
          + " files every second. Needs Linux.",
      "Exit code 1 if the last quarter is not as the first after warm-up, or a record is missing"
          + " or doubled."
    })
public final class SoakCommand implements Callable<Integer> {

  private static final double MEGABYTE = 1 << 20;

  @Option(
      names = "--swaps",
      paramLabel = "N",
      description = "How often the model is changed. Default: ${DEFAULT-VALUE}.")
  private int swaps = 200;

  @Option(
      names = "--duration",
      paramLabel = "TIME",
      description = "How long, such as 30m or 90s. Default: ${DEFAULT-VALUE}.")
  private String duration = "30m";

  @Mixin private DetectorOptions detector = new DetectorOptions();

  @Option(
      names = "--plot",
      paramLabel = "FILE.html",
      description = "Where the charts go. Default: ${DEFAULT-VALUE}.")
  private Path plot = Path.of("soak.html");

  @Mixin private FigureOptions output = new FigureOptions();

  @Override
  public Integer call() throws IOException, InterruptedException, ExecutionException {
    Duration time = time();
    if (swaps < 0) {
      throw new InvalidInputException("--swaps: expected at least 0, found " + swaps);
    }
    QuietLogs.unlessAskedFor();
    Path directory = Files.createTempDirectory("elbow-soak-");
    Variant variant = new Variant(Guarantee.EXACTLY_ONCE_V2, "classic", true, detector.settings());
    SoakRun run;
    try (Grounds grounds = new Grounds(directory, Launch.STEADY)) {
      run = SoakRun.of(variant, swaps, time, grounds, SoakCommand::tell);
    }
    List<Flatness> flat = Flatness.of(run.samples());
    Files.writeString(plot, page(run));
    output.write(figures(run, flat));
    return report(run, flat, directory);
  }

  private Duration time() {
    try {
      return Duration.parse("PT" + duration.toUpperCase(Locale.ROOT));
    } catch (DateTimeParseException e) {
      throw new InvalidInputException(
          "--duration: expected a time such as 30m or 90s, found " + duration, e);
    }
  }

  /** Once a minute. */
  private static void tell(Sample sample) {
    if ((int) (60 * sample.minutes()) % 60 == 0) {
      System.err.printf(
          "%.0f min: %.0f MiB resident, %.0f MiB heap, %.0f sessions, p50 %.0f ms, p99 %.0f ms, %d"
              + " swaps%n",
          sample.minutes(),
          sample.residentBytes() / MEGABYTE,
          sample.heapBytes() / MEGABYTE,
          sample.sessions(),
          sample.latency().p50(),
          sample.latency().p99(),
          sample.swaps());
    }
  }

  private int report(SoakRun run, List<Flatness> flat, Path directory) throws IOException {
    Ledger.Tally tally = run.trial().tally();
    System.out.print(Flatness.table(flat));
    System.out.printf(
        "%d swaps, %d records, %d missing, %d duplicated, %d restarts; charts in %s%n",
        run.samples().get(run.samples().size() - 1).swaps(),
        run.trial().records(),
        tally.missing(),
        tally.duplicated(),
        run.trial().restarts(),
        plot);
    if (tally.missing() > 0
        || tally.duplicated() > 0
        || run.trial().restarts() > 0
        || !flat.stream().allMatch(Flatness::holds)) {
      System.out.println("NOT as it must be; data and logs are in " + directory);
      return 1;
    }
    Folder.delete(directory);
    return 0;
  }

  private String page(SoakRun run) {
    List<Sample> samples = run.samples();
    return TimeCharts.page(
        "Elbow soak: %s, %d swaps".formatted(duration, swaps),
        Machine.describe(),
        List.of(
            new Chart(
                "Resident memory and heap",
                "Resident (dark) must be flat; the heap (pale) saws as garbage is collected.",
                "MiB",
                curve(samples, sample -> sample.residentBytes() / MEGABYTE),
                curve(samples, sample -> sample.heapBytes() / MEGABYTE)),
            new Chart(
                "Latency",
                "From sending an observation to reading its score, committed: p99 dark, p50 pale.",
                "ms",
                curve(samples, sample -> sample.latency().p99()),
                curve(samples, sample -> sample.latency().p50())),
            new Chart(
                "Swaps",
                "Models that were swapped in and have scored.",
                "swaps",
                curve(samples, Sample::swaps),
                List.of()),
            new Chart(
                "Sessions of ONNX Runtime, and threads",
                "Sessions (dark) hold native memory: as many at the end as at the beginning.",
                "open",
                curve(samples, Sample::sessions),
                curve(samples, Sample::threads))));
  }

  private static List<Point> curve(List<Sample> samples, ToDoubleFunction<Sample> figure) {
    return samples.stream()
        .map(sample -> new Point(sample.minutes(), figure.applyAsDouble(sample)))
        .filter(point -> Double.isFinite(point.value()))
        .toList();
  }

  /** What is late beside what was early. */
  private static List<Figure> figures(SoakRun run, List<Flatness> flat) {
    List<Figure> figures = new ArrayList<>();
    for (Flatness one : flat) {
      String name = "reliability.soak." + one.what().replace(' ', '_');
      figures.add(Figure.of(name, one.late(), one.unit(), one.early()));
    }
    Ledger.Tally tally = run.trial().tally();
    figures.add(Figure.of("reliability.soak.missing", (double) tally.missing(), "records", 0));
    figures.add(
        Figure.of("reliability.soak.duplicated", (double) tally.duplicated(), "records", 0));
    return figures;
  }
}
