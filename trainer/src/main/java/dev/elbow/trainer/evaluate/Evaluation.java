package dev.elbow.trainer.evaluate;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How several detectors did on the same rows.
 *
 * @param rows how many there were
 * @param anomalous how many of them are labelled so
 * @param events runs of anomalous rows of one entity; empty where the rows are no series
 * @param allowance false alarms allowed where events are counted at a number of them a day; empty
 *     where the rows are no series
 * @param results one per detector, in the order they are to be shown
 */
public record Evaluation(
    int rows,
    int anomalous,
    OptionalInt events,
    Optional<AlarmAllowance> allowance,
    List<DetectorResult> results) {

  private static final String LINE = "%-24s  %7s  %7s  %7s  %12s  %12s  %12s  %11s%n";

  /** Copies the list. */
  public Evaluation {
    results = List.copyOf(results);
  }

  /** The same as a plain text table for a terminal, ending with a line feed. */
  public String table() {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "%,d rows, %,d anomalous (%.2f %%)",
            rows,
            anomalous,
            100.0 * anomalous / rows));
    events.ifPresent(count -> text.append(String.format(Locale.ROOT, " in %,d events", count)));
    text.append(String.format("%n%n"));
    text.append(
        LINE.formatted(
            "detector",
            "AUC-ROC",
            "AUC-PR",
            "VUS-PR",
            "events found",
            "at N a day",
            "false alarms",
            "threshold"));
    results.forEach(result -> text.append(line(result)));
    allowance.ifPresent(allowed -> text.append(String.format("%n%s%n", allowed.explanation())));
    text.append(leftOut());
    return text.toString();
  }

  /** Rows that are in no figure of any detector, for they were left out for all alike. */
  private String leftOut() {
    int unscorable = results.stream().mapToInt(DetectorResult::unscorable).min().orElse(0);
    return unscorable == 0
        ? ""
        : String.format(
            Locale.ROOT,
            "%n%,d rows that the model does not score (the first of a series, or too few sensors"
                + " observed) are left out for every detector.%n",
            unscorable);
  }

  private static String line(DetectorResult result) {
    return LINE.formatted(
        result.detector(),
        decimals(result.aucRoc()),
        decimals(result.aucPr()),
        result.vusPr().isPresent() ? decimals(result.vusPr().getAsDouble()) : "–",
        found(result.events()),
        found(result.eventsAtAlarmsPerDay()),
        String.format(Locale.ROOT, "%.3f %%", 100 * result.falseAlarmRate()),
        String.format(Locale.ROOT, "%.4g", result.threshold()));
  }

  private static String found(Optional<EventRecall> events) {
    return events.map(recall -> recall.found() + " of " + recall.total()).orElse("–");
  }

  private static String decimals(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }
}
