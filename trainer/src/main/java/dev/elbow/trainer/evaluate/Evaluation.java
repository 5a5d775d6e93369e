package dev.elbow.trainer.evaluate;

import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

/**
 * How several detectors did on the same rows.
 *
 * @param rows how many there were
 * @param anomalous how many of them are labelled so
 * @param events runs of anomalous rows of one entity; empty where the rows are no series
 * @param results one per detector, in the order they are to be shown
 */
public record Evaluation(
    int rows, int anomalous, OptionalInt events, List<DetectorResult> results) {

  private static final String HEAD = "%-24s  %7s  %7s  %7s  %13s  %12s  %11s%n";
  private static final String LINE = "%-24s  %7s  %7s  %7s  %13s  %12s  %11s%n";

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
        HEAD.formatted(
            "detector",
            "AUC-ROC",
            "AUC-PR",
            "VUS-PR",
            "events found",
            "false alarms",
            "threshold"));
    results.forEach(result -> text.append(line(result)));
    return text.toString();
  }

  private static String line(DetectorResult result) {
    return LINE.formatted(
        result.detector(),
        decimals(result.aucRoc()),
        decimals(result.aucPr()),
        result.vusPr().isPresent() ? decimals(result.vusPr().getAsDouble()) : "–",
        result.events().map(events -> events.found() + " of " + events.total()).orElse("–"),
        String.format(Locale.ROOT, "%.3f %%", 100 * result.falseAlarmRate()),
        String.format(Locale.ROOT, "%.4g", result.threshold()));
  }

  private static String decimals(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }
}
