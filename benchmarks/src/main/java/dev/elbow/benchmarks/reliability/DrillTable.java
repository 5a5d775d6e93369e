package dev.elbow.benchmarks.reliability;

import dev.elbow.benchmarks.Figure;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A line for each drill, and below it what was seen. Safe for use by several threads. */
final class DrillTable {

  private static final String LINE = "%-20s %8s %8s %11s %10s %9s  %14s%n";

  private final List<DrillRun> runs = new ArrayList<>();
  private final List<String> broken = new ArrayList<>();

  synchronized void add(DrillRun run) {
    runs.add(run);
  }

  /** One that came to no end. */
  synchronized void addBroken(Drill drill) {
    broken.add(drill.code());
  }

  synchronized boolean isAsExpected() {
    return broken.isEmpty() && runs.stream().allMatch(DrillRun::isAsExpected);
  }

  /** For a terminal. */
  synchronized String text() {
    StringBuilder text = new StringBuilder();
    text.append(
        LINE.formatted(
            "drill",
            "records",
            "missing",
            "duplicated",
            "differing",
            "restarts",
            "recovered in, s"));
    for (DrillRun run : runs) {
      Trial trial = run.trial();
      text.append(
          LINE.formatted(
              run.drill().code(),
              trial.records(),
              trial.tally().missing(),
              trial.tally().duplicated(),
              trial.differing(),
              trial.restarts(),
              String.format(Locale.ROOT, "%.1f", recovered(trial))));
      run.seen().forEach(line -> text.append("    ").append(line).append('\n'));
      if (!run.isAsExpected()) {
        text.append("    NOT as it must be; expected to see: ").append(run.drill().mustBeSeen());
        text.append('\n');
      }
    }
    if (!broken.isEmpty()) {
      text.append("came to no end: ").append(String.join(", ", broken)).append('\n');
    }
    return text.toString();
  }

  /** The baseline of each is 0, what a detector that loses nothing has. */
  synchronized List<Figure> figures() {
    List<Figure> figures = new ArrayList<>();
    for (DrillRun run : runs) {
      String name = "reliability." + run.drill().code() + ".";
      Ledger.Tally tally = run.trial().tally();
      figures.add(Figure.of(name + "missing", (double) tally.missing(), "records", 0));
      figures.add(Figure.of(name + "duplicated", (double) tally.duplicated(), "records", 0));
      figures.add(Figure.of(name + "recovered", recovered(run.trial()), "s", 0));
    }
    return figures;
  }

  private static double recovered(Trial trial) {
    return trial.recoveries().get(0).toMillis() / 1e3;
  }
}
