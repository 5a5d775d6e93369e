package dev.elbow.benchmarks.reliability;

import dev.elbow.benchmarks.Figure;
import dev.elbow.benchmarks.reliability.Variant.Guarantee;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/** A line for each scenario under each guarantee. Safe for use by several threads. */
final class ReliabilityTable {

  private static final String LINE = "%-17s %-15s %5s %9s %8s %11s %10s %9s  %s%n";

  private final Map<Row, List<Trial>> trials =
      new TreeMap<>(Comparator.comparing(Row::scenario).thenComparing(Row::guarantee));
  private final List<String> broken = new ArrayList<>();

  private record Row(Scenario scenario, Guarantee guarantee) {

    /** Figures are of exactly-once where they do not say otherwise. */
    String figure(String what) {
      String guarantees = guarantee == Guarantee.EXACTLY_ONCE_V2 ? "" : guarantee.code() + ".";
      return "reliability." + scenario.code() + "." + guarantees + what;
    }
  }

  synchronized void add(Scenario scenario, Guarantee guarantee, Trial trial) {
    trials.computeIfAbsent(new Row(scenario, guarantee), row -> new ArrayList<>()).add(trial);
  }

  void add(Campaign.Ended run) {
    if (run instanceof Campaign.Ended.Counted counted) {
      Campaign.Planned planned = counted.planned();
      add(planned.scenario(), planned.variant().guarantee(), counted.trial());
    } else {
      addBroken(run.planned().name());
    }
  }

  synchronized void addBroken(String run) {
    broken.add(run);
  }

  /**
   * Whether every run came to its end, nothing is missing, nothing duplicated under exactly-once
   * and no score another, and the control has lost something.
   */
  synchronized boolean isAsExpected() {
    return broken.isEmpty()
        && trials.entrySet().stream().allMatch(row -> isAsExpected(row.getKey(), row.getValue()));
  }

  private static boolean isAsExpected(Row row, List<Trial> some) {
    if (row.scenario() == Scenario.CONTROL) {
      return missing(some) > 0;
    }
    return missing(some) == 0
        && sum(some, Trial::differing) == 0
        && (row.guarantee() == Guarantee.AT_LEAST_ONCE || duplicated(some) == 0);
  }

  /** For a terminal. */
  synchronized String text() {
    StringBuilder text = new StringBuilder();
    text.append(
        LINE.formatted(
            "scenario",
            "guarantee",
            "runs",
            "records",
            "missing",
            "duplicated",
            "differing",
            "restarts",
            "recovered in, s: median (longest)"));
    trials.forEach(
        (row, some) ->
            text.append(
                LINE.formatted(
                    row.scenario().code(),
                    row.guarantee().code(),
                    some.size(),
                    sum(some, Trial::records),
                    missing(some),
                    duplicated(some),
                    sum(some, Trial::differing),
                    sum(some, Trial::restarts),
                    String.format(
                        Locale.ROOT, "%.1f (%.1f)", recovered(some, 0.5), recovered(some, 1)))));
    if (!broken.isEmpty()) {
      text.append("came to no end: ").append(String.join(", ", broken)).append('\n');
    }
    return text.toString();
  }

  /** The baseline of each is 0, what a detector that loses nothing has. */
  synchronized List<Figure> figures() {
    List<Figure> figures = new ArrayList<>();
    trials.forEach(
        (row, some) -> {
          figures.add(Figure.of(row.figure("missing"), (double) missing(some), "records", 0));
          figures.add(Figure.of(row.figure("duplicated"), (double) duplicated(some), "records", 0));
          figures.add(Figure.of(row.figure("recovered"), recovered(some, 0.5), "s", 0));
        });
    return figures;
  }

  private static long missing(List<Trial> some) {
    return sum(some, trial -> trial.tally().missing());
  }

  private static long duplicated(List<Trial> some) {
    return sum(some, trial -> trial.tally().duplicated());
  }

  private static long sum(List<Trial> some, ToLongFunction<Trial> of) {
    return some.stream().mapToLong(of).sum();
  }

  private static double recovered(List<Trial> some, double quantile) {
    List<Duration> sorted =
        some.stream().flatMap(trial -> trial.recoveries().stream()).sorted().toList();
    return sorted.get((int) (quantile * (sorted.size() - 1))).toMillis() / 1e3;
  }
}
