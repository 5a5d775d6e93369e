package dev.elbow.benchmarks.pipeline;

import dev.elbow.benchmarks.Figure;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** How the detector's throughput goes with the size of what it is given, one size at a time. */
final class Scaling {

  private static final int MACHINES = 10;
  private static final String UNIT = "records/s";

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
   * @param threads as many as partitions
   */
  private record Size(String group, String name, Net net, int machines, int threads) {

    String figure() {
      return "throughput.scaling.%s.%s".formatted(group, name);
    }
  }

  /** Measures all; the baseline of each is the first of its group. */
  List<Figure> measure() throws IOException, InterruptedException {
    List<Figure> figures = new ArrayList<>();
    System.out.printf("%-44s %12s %12s %8s%n", "figure", UNIT, "baseline", "ratio");
    for (List<Size> group :
        List.of(threads(), sensors(), windows(), latents(), draws(), machines())) {
      try (Workshop workshop = new Workshop()) {
        figures.addAll(measure(workshop, group));
      }
    }
    return figures;
  }

  private List<Figure> measure(Workshop workshop, List<Size> group)
      throws IOException, InterruptedException {
    List<Throughput> streams = new ArrayList<>();
    for (Size size : group) {
      streams.add(stream(workshop, size));
    }
    Runs measured = new Runs();
    for (int run = 0; run <= runs; run++) {
      for (int i = 0; i < group.size(); i++) {
        Size size = group.get(i);
        double rate =
            streams.get(i).detector(Map.of("num.stream.threads", Integer.toString(size.threads())));
        if (run > 0) {
          measured.add(size.figure(), rate);
        }
      }
    }
    return figures(group, measured);
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

  private Throughput stream(Workshop workshop, Size size) throws IOException {
    Plant plant = new Plant(size.machines(), size.net().sensors());
    long count = Math.max(1000, records * Net.SMALL.sensors() / Math.max(38, plant.sensors()));
    return new Throughput(
        workshop,
        size.group() + "-" + size.name(),
        size.net(),
        plant,
        Format.BINARY,
        size.threads(),
        count);
  }

  private static List<Size> threads() {
    return List.of(
        new Size("threads", "1", Net.SMALL, 8 * MACHINES, 1),
        new Size("threads", "2", Net.SMALL, 8 * MACHINES, 2),
        new Size("threads", "4", Net.SMALL, 8 * MACHINES, 4));
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

  private static List<Size> machines() {
    List<Size> sizes = new ArrayList<>();
    for (int window : new int[] {1, 8}) {
      for (int machines : new int[] {10, 1000, 100_000}) {
        Net net = new Net(8, List.of(64, 32), 8, 1, window);
        sizes.add(new Size("machines.w" + window, Integer.toString(machines), net, machines, 1));
      }
    }
    return sizes;
  }

  private static Size size(String group, int size, Net net) {
    return new Size(group, Integer.toString(size), net, MACHINES, 1);
  }
}
