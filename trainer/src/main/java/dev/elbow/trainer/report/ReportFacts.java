package dev.elbow.trainer.report;

import dev.elbow.bundle.Confidence;
import dev.elbow.bundle.Lineage;
import dev.elbow.bundle.Tail;
import dev.elbow.bundle.Threshold;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** The report's tables: what was trained, on what, and with which settings. */
final class ReportFacts {

  private ReportFacts() {}

  static String of(TrainingReport report) {
    Lineage lineage = report.lineage();
    Map<String, String> settings = new LinkedHashMap<>(lineage.settings());
    settings.put("seed", Long.toString(lineage.seed()));
    Map<String, String> metrics = new LinkedHashMap<>();
    lineage.metrics().forEach((name, value) -> metrics.put(name, Svg.number(value)));
    return "<section>\n<h2>Data and settings</h2>\n%s%s%s%s</section>\n"
        .formatted(
            table(trained(report)),
            folded("Settings", settings),
            folded("Metrics", metrics),
            folded("Versions", lineage.versions()));
  }

  private static Map<String, String> trained(TrainingReport report) {
    Lineage lineage = report.lineage();
    Threshold threshold = report.threshold();
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("Data", source(lineage.source()));
    facts.put("Rows read", Svg.count(lineage.rowsRead()));
    facts.put("Rows fitted", Svg.count(lineage.rowsFitted()));
    facts.put("Rows held out", Svg.count(lineage.rowsHeldOut()));
    if (Boolean.parseBoolean(lineage.settings().get("refit"))) {
      facts.put("Fitted again in the end", "to all of them, held out or not");
    }
    lineage.rowsLeftOut().entrySet().stream()
        .filter(reason -> reason.getValue() > 0)
        .forEach(reason -> facts.put("Left out: " + reason.getKey(), Svg.count(reason.getValue())));
    facts.put("Sensors", Svg.count(report.sensors().size()));
    facts.put(
        "Networks",
        "encoder %s, %d latents, decoder %s, %s"
            .formatted(
                report.network().encoderHidden(),
                report.health().members().get(0).size(),
                report.network().decoderHidden(),
                report.network().activation()));
    facts.put("Members", Svg.count(report.health().members().size()));
    facts.put("Threshold", Svg.number(threshold.score()) + " " + report.judged().unit());
    facts.put("False-alarm rate asked for", Axis.percent(threshold.falseAlarmRate()));
    facts.put(
        "False-alarm rates that can be had",
        "from %s, for %s held-out rows are worth %s independent ones"
            .formatted(
                Axis.percent(threshold.lowestSupportedRate()),
                Svg.count(threshold.heldOutRows()),
                Svg.number(threshold.independentRows())));
    facts.putAll(found(threshold, report.judged().unit()));
    return facts;
  }

  private static Map<String, String> found(Threshold threshold, String unit) {
    Map<String, String> facts = new LinkedHashMap<>();
    Confidence confidence = threshold.confidence();
    facts.put(
        "Threshold found by",
        threshold.tail() instanceof Tail.GeneralizedPareto pareto
            ? "a Pareto tail of shape %s, fitted to the %s scores beyond %s %s"
                .formatted(
                    Svg.number(pareto.shape()),
                    Svg.count(pareto.peaks()),
                    Svg.number(pareto.from()),
                    unit)
            : "the quantile of the held-out scores");
    facts.put(
        "How sure it is",
        "with %s confidence it lies %s, and its true false-alarm rate between %s and %s"
            .formatted(
                Axis.percent(confidence.level()),
                confidence
                    .scoreTo()
                    .map(
                        to ->
                            "between %s and %s %s"
                                .formatted(
                                    Svg.number(confidence.scoreFrom()), Svg.number(to), unit))
                    .orElse("above %s %s".formatted(Svg.number(confidence.scoreFrom()), unit)),
                Axis.percent(confidence.rateFrom()),
                Axis.percent(confidence.rateTo())));
    return facts;
  }

  /** What was read, in a few words. */
  static String source(Lineage.Source source) {
    if (source instanceof Lineage.CsvFiles csv) {
      return csv.files().stream().map(Lineage.DataFile::name).collect(Collectors.joining(", "));
    }
    if (source instanceof Lineage.ArchiveFiles archive) {
      return archive.files().stream().map(Lineage.DataFile::name).collect(Collectors.joining(", "));
    }
    if (source instanceof Lineage.Topic topic) {
      return "topic %s, %s partitions".formatted(topic.topic(), topic.partitions().size());
    }
    return ((Lineage.Generated) source).description();
  }

  private static String folded(String title, Map<String, String> facts) {
    return facts.isEmpty()
        ? ""
        : "<details>\n<summary>%s</summary>\n%s</details>\n"
            .formatted(Svg.escape(title), table(facts));
  }

  private static String table(Map<String, String> facts) {
    return facts.entrySet().stream()
        .map(
            fact ->
                "<tr><th>%s</th><td>%s</td></tr>\n"
                    .formatted(Svg.escape(fact.getKey()), Svg.escape(fact.getValue())))
        .collect(Collectors.joining("", "<table class=\"facts\">\n", "</table>\n"));
  }
}
