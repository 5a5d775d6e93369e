package dev.elbow.benchmarks.training;

import dev.elbow.benchmarks.Figure;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/** What was measured of each case, run by run. */
final class SpeedTable {

  private static final String ROW = "%-12s %12s %12s %7s  %-13s %14s%n";

  private final Map<TrainingCase, Map<Side, List<Speed>>> cases = new LinkedHashMap<>();

  /** Who trains. */
  enum Side {
    ELBOW,
    PYTORCH,
    ELBOW_WITHOUT_LIBRARY
  }

  void add(TrainingCase what, Side side, Speed speed) {
    cases
        .computeIfAbsent(what, any -> new EnumMap<>(Side.class))
        .computeIfAbsent(side, any -> new ArrayList<>())
        .add(speed);
  }

  /** For a terminal. */
  String text() {
    StringBuilder text = new StringBuilder();
    text.append(
        ROW.formatted("samples/s", "Elbow", "PyTorch", "ratio", "of the runs", "Elbow's EJML"));
    cases.forEach(
        (what, sides) ->
            text.append(
                ROW.formatted(
                    what.name(),
                    rate(median(sides, Side.ELBOW)),
                    rate(median(sides, Side.PYTORCH)),
                    figure(what).map(figure -> ratio(figure.ratio())).orElse("-"),
                    range(sides),
                    rate(median(sides, Side.ELBOW_WITHOUT_LIBRARY)))));
    text.append(
        String.format(
            "%nmedians of the runs; rows per second of processor time of the one thread that trains%n"));
    for (Side side : Side.values()) {
      engine(side).ifPresent(engine -> text.append(engine).append(System.lineSeparator()));
    }
    return text.toString();
  }

  /** Cases that have a baseline; the others say nothing. */
  List<Figure> figures() {
    return cases.keySet().stream().flatMap(what -> figure(what).stream()).toList();
  }

  private Optional<Figure> figure(TrainingCase what) {
    Map<Side, List<Speed>> sides = cases.getOrDefault(what, Map.of());
    OptionalDouble elbow = median(sides, Side.ELBOW);
    OptionalDouble pytorch = median(sides, Side.PYTORCH);
    return elbow.isPresent() && pytorch.isPresent()
        ? Optional.of(
            Figure.of(
                "training." + what.name(), elbow.getAsDouble(), "samples/s", pytorch.getAsDouble()))
        : Optional.empty();
  }

  /** Lowest and highest ratio of one run, whose two sides were measured one after the other. */
  private static String range(Map<Side, List<Speed>> sides) {
    List<Speed> elbow = sides.getOrDefault(Side.ELBOW, List.of());
    List<Speed> pytorch = sides.getOrDefault(Side.PYTORCH, List.of());
    double[] ratios =
        IntStream.range(0, Math.min(elbow.size(), pytorch.size()))
            .mapToDouble(
                run -> elbow.get(run).samplesPerSecond() / pytorch.get(run).samplesPerSecond())
            .sorted()
            .toArray();
    return ratios.length == 0 ? "-" : ratio(ratios[0]) + " to " + ratio(ratios[ratios.length - 1]);
  }

  private static OptionalDouble median(Map<Side, List<Speed>> sides, Side side) {
    double[] sorted =
        sides.getOrDefault(side, List.of()).stream()
            .mapToDouble(Speed::samplesPerSecond)
            .sorted()
            .toArray();
    int half = sorted.length / 2;
    if (sorted.length == 0) {
      return OptionalDouble.empty();
    }
    return OptionalDouble.of(
        sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2);
  }

  private Optional<String> engine(Side side) {
    return cases.values().stream()
        .flatMap(sides -> sides.getOrDefault(side, List.of()).stream())
        .map(speed -> "%-12s %s".formatted(label(side), speed.engine()))
        .findFirst();
  }

  private static String label(Side side) {
    return switch (side) {
      case ELBOW -> "Elbow";
      case PYTORCH -> "PyTorch";
      case ELBOW_WITHOUT_LIBRARY -> "Elbow's EJML";
    };
  }

  private static String rate(OptionalDouble samplesPerSecond) {
    return samplesPerSecond.isPresent()
        ? String.format(Locale.ROOT, "%,.0f", samplesPerSecond.getAsDouble())
        : "-";
  }

  private static String ratio(double ratio) {
    return String.format(Locale.ROOT, "%.2f", ratio);
  }
}
