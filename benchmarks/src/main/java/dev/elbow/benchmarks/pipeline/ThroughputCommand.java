package dev.elbow.benchmarks.pipeline;

import dev.elbow.benchmarks.Figure;
import dev.elbow.benchmarks.FigureOptions;
import dev.elbow.benchmarks.Machine;
import dev.elbow.demo.QuietLogs;
import dev.elbow.input.InvalidInputException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code benchmark throughput}: how many records a second the detector judges. */
@Command(
    name = "throughput",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Starts a Kafka broker in this process, fills a topic and lets the detector read it from the"
          + " beginning, again and again: packed and one by one, at least once and exactly once, in"
          + " Avro and in JSON, for a net of 38-128-64-8 and one of 2432-512-128-16. What is compared"
          + " is measured in turn, on one stream thread and one partition.",
      "Beside it: a Kafka Streams application that reads the same records by the same reader and"
          + " writes each to another topic, unscored."
    })
public final class ThroughputCommand implements Callable<Integer> {

  private static final Map<String, String> ONE_BY_ONE = Map.of("packing.records", "1");
  private static final Map<String, String> EXACTLY_ONCE =
      Map.of("processing.guarantee", "exactly_once_v2");
  private static final Map<String, String> WITH_SCORES = Map.of("topics.scores", "every-score");
  private static final int MACHINES = 10;
  private static final String UNIT = "records/s";

  @Option(
      names = "--runs",
      paramLabel = "N",
      description = "Runs of each, after one that does not count. Default: 5; with --scaling 2.")
  private Optional<Integer> givenRuns = Optional.empty();

  @Option(
      names = "--records",
      paramLabel = "N",
      description =
          "Records of the topic for the small net; for the large one a fortieth. Default:"
              + " 1200000; with --scaling 2500000.")
  private Optional<Long> givenRecords = Optional.empty();

  @Option(
      names = "--scaling",
      description =
          "Measures partitions, threads, D, W, K, S, machines and instances instead. Takes ten"
              + " minutes.")
  private boolean scaling;

  @Mixin private FigureOptions output = new FigureOptions();

  private int runs;
  private long records;

  @Override
  public Integer call() throws IOException, InterruptedException {
    runs = givenRuns.orElse(scaling ? 2 : 5);
    records = givenRecords.orElse(scaling ? 2_500_000L : 1_200_000L);
    if (runs < 1 || records < 40) {
      throw new InvalidInputException(
          "--runs, --records: expected at least 1 and 40, found %d and %d"
              .formatted(runs, records));
    }
    QuietLogs.unlessAskedFor();
    System.out.println(Machine.describe());
    List<Figure> figures = scaling ? new Scaling(runs, records).measure() : measure();
    output.write(figures);
    return 0;
  }

  private List<Figure> measure() throws IOException, InterruptedException {
    Runs measured = new Runs();
    try (Workshop workshop = new Workshop()) {
      measureSmall(workshop, measured);
      measureLarge(workshop, measured);
    }
    System.out.printf("%n%-44s %12s %12s %12s%n", UNIT, "median", "least", "most");
    for (String name : measured.names()) {
      System.out.printf(
          "%-44s %,12.0f %,12.0f %,12.0f%n",
          name, measured.median(name), measured.least(name), measured.most(name));
    }
    List<Figure> figures = figures(measured);
    System.out.printf("%n%-44s %12s %12s %8s%n", "figure", UNIT, "baseline", "ratio");
    for (Figure figure : figures) {
      System.out.printf(
          "%-44s %,12.0f %,12.0f %8.2f%n",
          figure.name(), figure.value(), figure.baseline(), figure.ratio());
    }
    return figures;
  }

  private void measureSmall(Workshop workshop, Runs measured)
      throws IOException, InterruptedException {
    Plant plant = new Plant(MACHINES, Net.SMALL.sensors());
    Throughput binary =
        new Throughput(workshop, "small-binary", Net.SMALL, plant, Format.BINARY, 1, records);
    Throughput json =
        new Throughput(workshop, "small-json", Net.SMALL, plant, Format.JSON, 1, records);
    workshop.broker().createTopic("every-score", 1, Map.of());
    for (int run = 0; run <= runs; run++) {
      Runs into = run == 0 ? new Runs() : measured;
      into.add("small, pass-through", binary.passthrough());
      into.add("small, packed", binary.detector(Map.of()));
      into.add("small, one by one", binary.detector(ONE_BY_ONE));
      into.add("small, packed, exactly once", binary.detector(EXACTLY_ONCE));
      into.add("small, packed, every score written", binary.detector(WITH_SCORES));
      into.add("small, JSON, pass-through", json.passthrough());
      into.add("small, JSON, packed", json.detector(Map.of()));
      into.add("small, JSON, one by one", json.detector(ONE_BY_ONE));
      System.out.printf("small net, run %d of %d%n", run, runs);
    }
  }

  private void measureLarge(Workshop workshop, Runs measured)
      throws IOException, InterruptedException {
    Plant plant = new Plant(MACHINES, Net.LARGE.sensors());
    Throughput binary =
        new Throughput(workshop, "large-binary", Net.LARGE, plant, Format.BINARY, 1, records / 40);
    for (int run = 0; run <= runs; run++) {
      Runs into = run == 0 ? new Runs() : measured;
      into.add("large, packed", binary.detector(Map.of()));
      into.add("large, one by one", binary.detector(ONE_BY_ONE));
      System.out.printf("large net, run %d of %d%n", run, runs);
    }
  }

  private static List<Figure> figures(Runs measured) {
    List<Figure> figures = new ArrayList<>();
    add(figures, measured, "packed_over_passthrough", "small, packed", "small, pass-through");
    add(figures, measured, "packed_over_single.small", "small, packed", "small, one by one");
    add(figures, measured, "packed_over_single.large", "large, packed", "large, one by one");
    add(
        figures,
        measured,
        "exactly_once_over_at_least_once",
        "small, packed, exactly once",
        "small, packed");
    add(figures, measured, "json_over_binary", "small, JSON, packed", "small, packed");
    add(
        figures,
        measured,
        "packed_with_scores_over_passthrough",
        "small, packed, every score written",
        "small, pass-through");
    add(
        figures,
        measured,
        "json_packed_over_passthrough",
        "small, JSON, packed",
        "small, JSON, pass-through");
    add(
        figures,
        measured,
        "json_packed_over_single.small",
        "small, JSON, packed",
        "small, JSON, one by one");
    return List.copyOf(figures);
  }

  private static void add(
      List<Figure> figures, Runs measured, String name, String value, String baseline) {
    figures.add(measured.figure("throughput." + name, value, UNIT, baseline));
  }
}
