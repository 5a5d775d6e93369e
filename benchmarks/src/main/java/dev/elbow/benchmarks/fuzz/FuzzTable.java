package dev.elbow.benchmarks.fuzz;

import dev.elbow.benchmarks.Figure;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A line for each run, and one for each kind of record, over all runs. */
final class FuzzTable {

  private static final String RUN = "%-27s %,11d records %8.1f s, longest pause %5.1f s%s%n";
  private static final String ACKNOWLEDGED =
      "  %,d acknowledgements: %,d applied, %,d with nothing to acknowledge, %,d rejected%n";
  private static final String LINE = "%-21s %9s %9s %10s %8s %8s %8s  %s%n";
  private static final String COUNTS = "%-21s %,9d %,9d %,10d %,8d %,8d %,8d  %s%n";

  private final List<FuzzResult> results = new ArrayList<>();

  void add(FuzzResult result) {
    results.add(result);
  }

  boolean isAsExpected() {
    return results.stream().allMatch(FuzzResult::isAsExpected);
  }

  /** One line for a run, more if something does not add up. */
  static String text(FuzzResult result) {
    StringBuilder text = new StringBuilder();
    text.append(
        RUN.formatted(
            result.run(),
            result.records(),
            result.took().toMillis() / 1e3,
            result.longestPause().toMillis() / 1e3,
            result.stalled() ? ", STALLED" : ""));
    if (result.acknowledgements().all() > 0) {
      text.append(
          ACKNOWLEDGED.formatted(
              result.acknowledgements().all(),
              result.acknowledgements().applied(),
              result.acknowledgements().nothing(),
              result.acknowledgements().rejected()));
    }
    result.discrepancies().forEach(line -> text.append("  ").append(line).append('\n'));
    return text.toString();
  }

  /** For a terminal. */
  String text() {
    StringBuilder text = new StringBuilder();
    text.append(
        LINE.formatted(
            "what was done",
            "sent",
            "scored",
            "warming up",
            "missing",
            "doubled",
            "altered",
            "rejected as"));
    byKind().forEach((kind, tally) -> text.append(line(kind, tally)));
    text.append(line("all", all()));
    return text.toString();
  }

  private static String line(String kind, Tally tally) {
    String reasons =
        tally.reasons().entrySet().stream()
            .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
            .map(reason -> "%s %,d".formatted(reason.getKey(), reason.getValue()))
            .collect(Collectors.joining(", "));
    return COUNTS.formatted(
        kind,
        tally.records(),
        tally.scored(),
        tally.warmingUp(),
        tally.missing(),
        tally.duplicated(),
        tally.altered(),
        reasons);
  }

  /** The baseline of each is 0. */
  List<Figure> figures() {
    Tally all = all();
    double pause =
        results.stream().mapToDouble(r -> r.longestPause().toMillis() / 1e3).max().orElse(0);
    return List.of(
        records("sent", all.records()),
        records("scored", all.scored()),
        records("warming_up", all.warmingUp()),
        records("rejected", all.rejected()),
        records("missing", all.missing()),
        records("duplicated", all.duplicated()),
        records("altered", all.altered()),
        records(
            "acknowledgements",
            results.stream().mapToLong(result -> result.acknowledgements().all()).sum()),
        Figure.of("fuzz.longest_pause", pause, "s", 0));
  }

  private static Figure records(String what, long count) {
    return Figure.of("fuzz." + what, (double) count, "records", 0);
  }

  private Tally all() {
    Tally all = new Tally();
    byKind().values().forEach(all::add);
    return all;
  }

  private Map<String, Tally> byKind() {
    Map<String, Tally> kinds = new TreeMap<>();
    for (FuzzResult result : results) {
      result
          .tallies()
          .forEach((kind, tally) -> kinds.computeIfAbsent(kind, k -> new Tally()).add(tally));
    }
    return kinds;
  }
}
