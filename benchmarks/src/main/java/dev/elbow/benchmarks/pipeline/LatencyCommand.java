package dev.elbow.benchmarks.pipeline;

import dev.elbow.benchmarks.Figure;
import dev.elbow.benchmarks.FigureOptions;
import dev.elbow.benchmarks.Machine;
import dev.elbow.demo.QuietLogs;
import dev.elbow.input.InvalidInputException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code benchmark latency}: how long a record is under way to its score. */
@Command(
    name = "latency",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Starts a Kafka broker and the detector with the settings it is shipped with, sends records at"
          + " a steady rate and takes the time from when each was due to be sent until its score has"
          + " been read: at least once, and exactly once by a reader of what is committed.",
      "Beside it: the time until the record itself has been read, with no detector between."
    })
public final class LatencyCommand implements Callable<Integer> {

  private static final String UNIT = "ms";

  @Option(
      names = "--runs",
      paramLabel = "N",
      description = "Runs of each, after one that does not count. Default: ${DEFAULT-VALUE}.")
  private int runs = 5;

  @Option(
      names = "--rate",
      paramLabel = "N",
      description = "Records per second. Default: ${DEFAULT-VALUE}.")
  private int rate = 1000;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      description = "Length of a run. Default: ${DEFAULT-VALUE}.")
  private int seconds = 10;

  @Mixin private FigureOptions output = new FigureOptions();

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (runs < 1 || rate < 1 || seconds < 1) {
      throw new InvalidInputException(
          "--runs, --rate, --seconds: expected at least 1, found %d, %d and %d"
              .formatted(runs, rate, seconds));
    }
    QuietLogs.unlessAskedFor();
    System.out.println(Machine.describe());
    List<Figure> figures = figures(measure());
    System.out.printf("%n%-36s %10s %12s %8s%n", "figure", UNIT, "no detector", "ratio");
    for (Figure figure : figures) {
      System.out.printf(
          "%-36s %10.1f %12.1f %8.1f%n",
          figure.name(), figure.value(), figure.baseline(), figure.ratio());
    }
    output.write(figures);
    return 0;
  }

  private Runs measure() throws IOException, InterruptedException {
    Runs measured = new Runs();
    try (Workshop workshop = new Workshop()) {
      Latency latency = new Latency(workshop, rate, seconds);
      for (int run = 0; run <= runs; run++) {
        Runs into = run == 0 ? new Runs() : measured;
        add(into, "no_detector", latency.withoutDetector());
        add(into, "at_least_once", latency.atLeastOnce());
        add(into, "exactly_once", latency.exactlyOnce());
        System.out.printf("run %d of %d%n", run, runs);
      }
    }
    return measured;
  }

  private static void add(Runs into, String name, Percentiles millis) {
    into.add(name + ".p50_ms", millis.of(0.5));
    into.add(name + ".p99_ms", millis.of(0.99));
    into.add(name + ".p999_ms", millis.of(0.999));
  }

  private static List<Figure> figures(Runs measured) {
    List<Figure> figures = new ArrayList<>();
    for (String guarantee : List.of("at_least_once", "exactly_once")) {
      for (String percentile : List.of(".p50_ms", ".p99_ms", ".p999_ms")) {
        figures.add(
            measured.figure(
                "latency." + guarantee + percentile,
                guarantee + percentile,
                UNIT,
                "no_detector" + percentile));
      }
    }
    return List.copyOf(figures);
  }
}
