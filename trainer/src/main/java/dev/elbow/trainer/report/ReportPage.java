package dev.elbow.trainer.report;

import dev.elbow.bundle.Lineage;
import dev.elbow.bundle.Threshold;
import dev.elbow.trainer.report.TrainingReport.LossPoint;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** The report's HTML. */
final class ReportPage {

  private ReportPage() {}

  static String of(TrainingReport report) {
    return """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>Elbow training report</title>
        <style>
        %s</style>
        </head>
        <body>
        <main>
        <h1>Elbow training report</h1>
        %s%s%s%s%s%s%s</main>
        </body>
        </html>
        """
        .formatted(
            STYLE,
            warnings(report),
            summary(report),
            curves(report),
            scores(report),
            latents(report),
            contributions(report),
            settings(report.lineage()));
  }

  private static String warnings(TrainingReport report) {
    return report.allWarnings().stream()
        .map(warning -> "<p class=\"warning\">%s</p>\n".formatted(Svg.escape(warning)))
        .collect(Collectors.joining());
  }

  private static String summary(TrainingReport report) {
    Lineage lineage = report.lineage();
    Threshold threshold = report.threshold();
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("Data", source(lineage.source()));
    facts.put("Rows read", Svg.count(lineage.rowsRead()));
    facts.put("Rows fitted", Svg.count(lineage.rowsFitted()));
    facts.put("Rows held out", Svg.count(lineage.rowsHeldOut()));
    lineage
        .rowsLeftOut()
        .forEach((reason, rows) -> facts.put("Left out: " + reason, Svg.count(rows)));
    facts.put("Sensors", Svg.count(report.sensors().size()));
    facts.put(
        "Networks",
        "%s – %s – %s latents – %s, %s"
            .formatted(
                report.sensors().size(),
                report.network().encoderHidden(),
                report.klPerLatent().columns(),
                report.network().decoderHidden(),
                report.network().activation()));
    facts.put("Threshold", Svg.number(threshold.score()) + " nats");
    facts.put(
        "False-alarm rate",
        "%s asked for; %s held-out rows can show %s"
            .formatted(
                Svg.number(threshold.falseAlarmRate()),
                threshold.heldOutRows(),
                Svg.number(threshold.lowestSupportedRate())));
    return section("What was trained", "", table(facts));
  }

  private static String source(Lineage.Source source) {
    if (source instanceof Lineage.CsvFiles csv) {
      return csv.files().stream().map(Lineage.CsvFile::name).collect(Collectors.joining(", "));
    }
    if (source instanceof Lineage.Topic topic) {
      return "topic %s, %s partitions".formatted(topic.topic(), topic.partitions().size());
    }
    return ((Lineage.Generated) source).description();
  }

  private static String curves(TrainingReport report) {
    String legend =
        """
        <p class="legend"><span class="key training"></span> fit rows, mean over blocks of rounds \
        <span class="key validation"></span> held-out rows</p>
        """;
    var part = new LinkedHashMap<String, ToDoubleFunction<LossPoint>>();
    part.put("Total", LossPoint::total);
    part.put("Reconstruction", LossPoint::reconstruction);
    part.put("KL", LossPoint::kl);
    var charts = new StringBuilder(legend);
    part.forEach(
        (name, value) ->
            charts.append(
                "<h3>%s</h3>\n%s\n"
                    .formatted(
                        name,
                        LossChart.of(
                            report.training(), report.validation(), value, name + " by round"))));
    return section(
        "The loss along the fit",
        "Mean negative ELBO per row in nats, and its two parts. Lower is better; held-out rows that"
            + " turn upward while fit rows fall are overfitting.",
        charts.toString());
  }

  private static String scores(TrainingReport report) {
    return section(
        "The held-out scores",
        "Scores of normal rows that took no part in the fit. An observation with a score above the"
            + " threshold is an anomaly.",
        ScoreHistogram.of(report.calibration().ascending(), report.threshold().score()));
  }

  private static String latents(TrainingReport report) {
    return section(
        "What each latent carries",
        "Mean KL over the held-out rows in nats. A latent near 0 has collapsed onto the prior and"
            + " says nothing about its row.",
        BarChart.of(report.meanKlPerLatent(), "Mean KL per latent", TrainingReport.COLLAPSED_NATS));
  }

  private static String contributions(TrainingReport report) {
    var bars = report.contributionPerSensor();
    String which =
        bars.size() < report.sensors().size() ? " The %s largest.".formatted(bars.size()) : "";
    return section(
        "How well each sensor is reconstructed",
        "Mean contribution to the score over the held-out rows in nats, 0 where a sensor was"
            + " missing. The largest are the least predictable sensors."
            + which,
        BarChart.of(bars, "Mean contribution per sensor", Double.NEGATIVE_INFINITY));
  }

  private static String settings(Lineage lineage) {
    Map<String, String> metrics = new LinkedHashMap<>();
    lineage.metrics().forEach((name, value) -> metrics.put(name, Svg.number(value)));
    Map<String, String> settings = new LinkedHashMap<>(lineage.settings());
    settings.put("seed", Long.toString(lineage.seed()));
    return section("Metrics", "", table(metrics))
        + section("Settings", "", table(settings))
        + section("Versions", "", table(lineage.versions()));
  }

  private static String section(String title, String explanation, String content) {
    if (content.isEmpty()) {
      return "";
    }
    String paragraph = explanation.isEmpty() ? "" : "<p>" + Svg.escape(explanation) + "</p>\n";
    return "<section>\n<h2>%s</h2>\n%s%s\n</section>\n"
        .formatted(Svg.escape(title), paragraph, content);
  }

  private static String table(Map<String, String> facts) {
    return facts.isEmpty()
        ? ""
        : facts.entrySet().stream()
            .map(
                fact ->
                    "<tr><th>%s</th><td>%s</td></tr>"
                        .formatted(Svg.escape(fact.getKey()), Svg.escape(fact.getValue())))
            .collect(Collectors.joining("\n", "<table>\n", "\n</table>"));
  }

  private static final String STYLE =
      """
      :root { color-scheme: light dark; --paper: #fff; --ink: #1c2430; --soft: #5d6878;
        --grid: #e4e8ee; --bar: #3f77b5; --faint: #b9c6d6; --training: #9aa9bb;
        --validation: #c4561b; --threshold: #b3261e; --warn: #fff4e0; --warn-ink: #7a4b00; }
      @media (prefers-color-scheme: dark) { :root { --paper: #14181f; --ink: #e4e9f0;
        --soft: #98a4b5; --grid: #2a323d; --bar: #6ea3dc; --faint: #41526a; --training: #66768a;
        --validation: #f08a4b; --threshold: #ff7a70; --warn: #3a2c12; --warn-ink: #ffcf87; } }
      body { margin: 0; background: var(--paper); color: var(--ink);
        font: 15px/1.5 system-ui, -apple-system, "Segoe UI", sans-serif; }
      main { max-width: 44rem; margin: 0 auto; padding: 2rem 1.25rem 4rem; }
      h1 { font-size: 1.6rem; margin: 0 0 1rem; }
      h2 { font-size: 1.15rem; margin: 2.5rem 0 .25rem; }
      h3 { font-size: .9rem; margin: 1rem 0 .25rem; color: var(--soft); }
      p { margin: .25rem 0 .75rem; color: var(--soft); }
      .warning { background: var(--warn); color: var(--warn-ink); padding: .6rem .9rem;
        border-radius: 6px; }
      table { border-collapse: collapse; width: 100%; }
      th, td { text-align: left; vertical-align: top; padding: .25rem .75rem .25rem 0;
        border-bottom: 1px solid var(--grid); overflow-wrap: anywhere; }
      th { font-weight: 500; color: var(--soft); width: 14rem; }
      td { font-variant-numeric: tabular-nums; }
      svg { display: block; width: 100%; height: auto; }
      svg text { font: 11px system-ui, sans-serif; fill: var(--soft); }
      svg .name { fill: var(--ink); }
      svg .middle { text-anchor: middle; }
      svg .end { text-anchor: end; }
      svg .mark { fill: var(--threshold); font-weight: 600; }
      .grid { stroke: var(--grid); }
      .axis { stroke: var(--soft); }
      .bar { fill: var(--bar); }
      .bar.faint { fill: var(--faint); }
      .threshold { stroke: var(--threshold); stroke-width: 1.5; }
      .curve { fill: none; stroke-width: 1.6; stroke-linejoin: round; }
      .curve.training { stroke: var(--training); }
      .curve.validation { stroke: var(--validation); }
      .legend .key { display: inline-block; width: 1.4rem; height: 3px; vertical-align: middle;
        margin: 0 .3rem 0 .9rem; }
      .key.training { background: var(--training); }
      .key.validation { background: var(--validation); }
      """;
}
