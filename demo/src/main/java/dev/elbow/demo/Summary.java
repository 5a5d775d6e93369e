package dev.elbow.demo;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Prints what came of a demo. */
final class Summary {

  /** How much of a bundle's id a person needs. */
  static final int MODEL_DIGITS = 12;

  private static final int EVENTS = 30;
  private static final int FAR_MORE = 5;

  private final PrintStream out;
  private final Style style;

  Summary(PrintStream out, Style style) {
    this.out = out;
    this.style = style;
  }

  void print(DemoResult result) {
    counts(result);
    result.findings().ifPresent(findings -> findings(findings, result));
  }

  private void counts(DemoResult result) {
    Counts counts = result.counts();
    out.println();
    out.println(style.bold("Counts"));
    line("sent", result.sent(), sending(result));
    line("scored normal", counts.normal(), "");
    line(
        "anomalies",
        counts.anomalous(),
        "%s read back from their topic, %s of them name model %s"
            .formatted(
                Figures.count(result.readBack().anomalies()),
                result.readBack().ofTheModel() == result.readBack().anomalies()
                    ? "all"
                    : Figures.count(result.readBack().ofTheModel()),
                result.model().substring(0, MODEL_DIGITS)));
    line("episodes", counts.episodes(), "what the anomalies come to: so often somebody was called");
    if (counts.warmingUp() > 0) {
      line("warming up", counts.warmingUp(), "the first rows of each machine and after each gap");
    }
    line(
        "rejections",
        counts.rejected(),
        Figures.count(result.readBack().rejections()) + " read back from their topic");
    out.println(
        result.addsUp()
            ? "  " + style.good("They add up: each observation sent has one outcome.")
            : "  " + style.bad("They do NOT add up; please report this with the log."));
    result
        .latency()
        .ifPresent(
            latency ->
                out.println(
                    "  From sending an observation to reading its anomaly: median %d ms, 99 %% within %d ms."
                        .formatted(latency.median().toMillis(), latency.p99().toMillis())));
  }

  private static String sending(DemoResult result) {
    double seconds = Math.max(1, result.sendingTime().toMillis()) / 1000.0;
    String rate =
        "in %s, %s per second"
            .formatted(
                Figures.seconds(result.sendingTime()),
                Figures.count(Math.round(result.sent() / seconds)));
    return result.sent() == result.rows()
        ? rate
        : rate + "; stopped before the end of " + Figures.count(result.rows());
  }

  private void line(String name, long count, String note) {
    out.println("  %-14s %9s   %s".formatted(name, Figures.count(count), note).stripTrailing());
  }

  private void findings(Findings findings, DemoResult result) {
    out.println();
    out.println(style.bold("Found and missed, by the labels in the data"));
    boolean named = findings.events().stream().anyMatch(event -> event.fault().isPresent());
    if (!findings.events().isEmpty()) {
      out.println(style.dim(heading(named)));
    }
    List<Event> shown = findings.events().subList(0, Math.min(EVENTS, findings.events().size()));
    shown.forEach(event -> out.println(row(event, named)));
    if (shown.size() < findings.events().size()) {
      out.println(
          "  ... and %s more events"
              .formatted(Figures.count(findings.events().size() - shown.size())));
    }
    out.println(
        "  Found %d of %d events, missed %d. Alarming as many rows at random would find %s."
            .formatted(
                findings.found(),
                findings.events().size(),
                findings.events().size() - findings.found(),
                String.format(Locale.ROOT, "%.1f", findings.foundByChance())));
    if (named) {
      out.println("  " + blame(findings.events()));
    }
    out.println(
        "  False alarms: %s of %s normal rows, %s; the model was set to %s."
            .formatted(
                Figures.count(findings.falseAlarms()),
                Figures.count(findings.normalRows()),
                Figures.percent(findings.falseAlarmRate()),
                Figures.percent(result.manifest().threshold().falseAlarmRate())));
    if (findings.falseAlarmRate() > FAR_MORE * result.manifest().threshold().falseAlarmRate()) {
      out.println(
          "  Far more than it was set to: what is normal has moved since the training, or the rows"
              + "\n  that set the threshold were too few or too much alike.");
    }
  }

  private static String heading(boolean named) {
    return named
        ? "  %-16s %-8s %8s  %-13s %14s  %s"
            .formatted("fault", "machine", "severity", "first alarm", "rows alarmed", "blamed most")
        : "  %-10s %9s  %-15s %16s  %s"
            .formatted("machine", "from row", "first alarm", "rows alarmed", "blamed most");
  }

  private String row(Event event, boolean named) {
    String alarm =
        event
            .timeToAlarm()
            .map(Figures::span)
            .or(() -> event.rowsToAlarm().map(rows -> rows + " rows"))
            .map(after -> "after " + after)
            .orElse("missed");
    String rows = "%s of %s".formatted(Figures.count(event.alarmed()), Figures.count(event.rows()));
    String blamed = event.blamed().stream().limit(1).collect(Collectors.joining());
    String line =
        named
            ? "  %-16s %-8s %8s  %-13s %14s  %s"
                .formatted(
                    event.fault().map(fault -> fault.kind().title()).orElse("?"),
                    Figures.shorten(event.entity(), 8),
                    event
                        .fault()
                        .map(fault -> String.format(Locale.ROOT, "%.2f", fault.severity()))
                        .orElse(""),
                    alarm.replace("after ", ""),
                    rows,
                    blamed.isEmpty() || event.guiltyAmongFirst(1) ? blamed : blamed + " (innocent)")
            : "  %-10s %9s  %-15s %16s  %s"
                .formatted(
                    Figures.shorten(event.entity(), 10),
                    Figures.count(event.firstRow()),
                    alarm,
                    rows,
                    blamed);
    return event.found() ? line.stripTrailing() : style.bad(line.stripTrailing());
  }

  private static String blame(List<Event> events) {
    List<Event> found = events.stream().filter(Event::found).toList();
    return "Blamed most was a sensor the fault shows in for %d of %d; among the first three for %d."
        .formatted(
            found.stream().filter(event -> event.guiltyAmongFirst(1)).count(),
            found.size(),
            found.stream().filter(event -> event.guiltyAmongFirst(3)).count());
  }
}
