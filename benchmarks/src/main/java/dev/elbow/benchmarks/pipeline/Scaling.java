package dev.elbow.benchmarks.pipeline;

import dev.elbow.benchmarks.Figure;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How the detector's throughput goes with the size of what it is given, one size at a time. */
final class Scaling {

  private static final int MACHINES = 10;
  private static final String UNIT = "records/s";

  /** A group of detectors must be complete before it reads: what is read by one stays with it. */
  private static final Duration GATHERING = Duration.ofSeconds(5);

  private static final Duration FILLING = Duration.ofSeconds(1);
  private static final Duration WATCHED = Duration.ofSeconds(4);

  /** Of a run that does not count: with those of the other sizes enough to compile what is hot. */
  private static final Duration UNCOUNTED = Duration.ofSeconds(2);

  /** A process of its own has compiled nothing yet. */
  private static final Duration COMPILING = Duration.ofSeconds(10);

  private final int runs;
  private final long records;

  /**
   * @param records for the small net; fewer where records are larger
   */
  Scaling(int runs, long records) {
    this.runs = runs;
    this.records = records;
  }

  /**
   * One way of being larger.
   *
   * @param group what is varied
   * @param name the size
   * @param threads as many as partitions, or, in processes of their own, as there are of these
   */
  private record Size(String group, String name, Net net, int machines, int threads) {

    String figure() {
      return "throughput.scaling.%s.%s".formatted(group, name);
    }

    Plant plant() {
      return new Plant(machines, net.sensors());
    }
  }

  /** Measures all; the baseline of each is the first of its group. */
  List<Figure> measure() throws IOException, InterruptedException {
    List<Figure> figures = new ArrayList<>();
    System.out.printf("%-44s %12s %12s %8s%n", "figure", UNIT, "baseline", "ratio");
    for (List<Size> group :
        List.of(threads(), sensors(), windows(), latents(), draws(), machines(1), machines(8))) {
      try (Workshop workshop = new Workshop()) {
        figures.addAll(figures(group, threads(workshop, group)));
      }
    }
    try (Workshop workshop = new Workshop(GATHERING)) {
      figures.addAll(figures(instances(), instances(workshop)));
    }
    return figures;
  }

  /** All in this process, after a run of each that does not count: it compiles. */
  private Runs threads(Workshop workshop, List<Size> group)
      throws IOException, InterruptedException {
    Map<String, Recording> written = new HashMap<>();
    List<Throughput> streams = new ArrayList<>();
    for (Size size : group) {
      streams.add(stream(workshop, size, written));
    }
    Runs measured = new Runs();
    for (int run = 0; run <= runs; run++) {
      Runs into = run == 0 ? new Runs() : measured;
      Duration watched = run == 0 ? UNCOUNTED : WATCHED;
      for (int i = 0; i < group.size(); i++) {
        String threads = Integer.toString(group.get(i).threads());
        into.add(
            group.get(i).figure(),
            streams.get(i).detector(Map.of("num.stream.threads", threads), FILLING, watched));
      }
    }
    return measured;
  }

  /** Each a process of its own with one thread, as long at work as it takes to be compiled. */
  private Runs instances(Workshop workshop) throws IOException, InterruptedException {
    List<Size> group = instances();
    Size most = group.get(group.size() - 1);
    Throughput stream =
        new Throughput(
            workshop,
            "instances",
            most.net(),
            most.plant(),
            Format.BINARY,
            most.threads(),
            records * COMPILING.plus(WATCHED).toSeconds() / WATCHED.toSeconds());
    Runs measured = new Runs();
    for (int run = 0; run < runs; run++) {
      for (Size size : group) {
        measured.add(size.figure(), stream.group(size.threads(), COMPILING, WATCHED));
      }
    }
    return measured;
  }

  private static List<Figure> figures(List<Size> group, Runs measured) {
    String first = group.get(0).figure();
    List<Figure> figures =
        group.stream()
            .map(size -> measured.figure(size.figure(), size.figure(), UNIT, first))
            .toList();
    for (Figure figure : figures) {
      System.out.printf(
          "%-44s %,12.0f %,12.0f %8.2f%n",
          figure.name(), figure.value(), figure.baseline(), figure.ratio());
    }
    return figures;
  }

  /** Sizes that read the same read one recording. */
  private Throughput stream(Workshop workshop, Size size, Map<String, Recording> written)
      throws IOException {
    Plant plant = size.plant();
    String topic =
        "d%d-machines%d-partitions%d".formatted(plant.sensors(), plant.machines(), size.threads());
    Recording recording = written.get(topic);
    if (recording == null) {
      recording =
          Recording.write(
              workshop.broker(),
              topic,
              size.threads(),
              Math.max(1000, records * Net.SMALL.sensors() / Math.max(38, plant.sensors())),
              plant,
              Format.BINARY,
              workshop.schemas(plant));
      written.put(topic, recording);
    }
    return new Throughput(
        workshop, size.group() + "-" + size.name(), size.net(), plant, Format.BINARY, recording);
  }

  private static List<Size> threads() {
    return List.of(
        new Size("threads", "1", Net.SMALL, 8 * MACHINES, 1),
        new Size("threads", "2", Net.SMALL, 8 * MACHINES, 2),
        new Size("threads", "4", Net.SMALL, 8 * MACHINES, 4));
  }

  private static List<Size> instances() {
    return List.of(
        new Size("instances", "1", Net.SMALL, 8 * MACHINES, 1),
        new Size("instances", "2", Net.SMALL, 8 * MACHINES, 2));
  }

  private static List<Size> sensors() {
    return List.of(8, 38, 152, 608).stream()
        .map(d -> size("sensors", d, new Net(d, List.of(128, 64), 8, 1, 1)))
        .toList();
  }

  private static List<Size> windows() {
    return List.of(1, 4, 8, 16).stream()
        .map(w -> size("window", w, new Net(8, List.of(64, 32), 8, 1, w)))
        .toList();
  }

  private static List<Size> latents() {
    return List.of(8, 16, 64).stream()
        .map(k -> size("latents", k, new Net(38, List.of(128, 64), k, 1, 1)))
        .toList();
  }

  private static List<Size> draws() {
    return List.of(1, 4, 16).stream()
        .map(s -> size("draws", s, new Net(38, List.of(128, 64), 8, s, 1)))
        .toList();
  }

  private static List<Size> machines(int window) {
    Net net = new Net(8, List.of(64, 32), 8, 1, window);
    return List.of(10, 1000, 100_000).stream()
        .map(count -> new Size("machines.w" + window, Integer.toString(count), net, count, 1))
        .toList();
  }

  private static Size size(String group, int size, Net net) {
    return new Size(group, Integer.toString(size), net, MACHINES, 1);
  }
}
