package dev.elbow.trainer.report;

import dev.elbow.trainer.health.GapToPca;
import dev.elbow.trainer.health.LatentHealth;
import dev.elbow.trainer.health.RealisedRate;
import dev.elbow.trainer.report.TrainingReport.LossPoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** The report's HTML: what there is to see, from the whole to the details. */
final class ReportPage {

  private final TrainingReport report;

  private ReportPage(TrainingReport report) {
    this.report = report;
  }

  static String of(TrainingReport report) {
    ReportPage page = new ReportPage(report);
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
        <p class="soft">%s</p>
        %s%s%s%s%s%s%s%s%s</main>
        </body>
        </html>
        """
        .formatted(
            ReportStyle.CSS,
            Svg.escape(ReportFacts.source(report.lineage().source())),
            page.warnings(),
            page.tiles(),
            page.decisions(),
            page.curves(),
            page.scores(),
            page.time(),
            page.latents(),
            page.sensors(),
            ReportFacts.of(report));
  }

  private String warnings() {
    return report.allWarnings().stream()
        .map(warning -> "<p class=\"warning\">%s</p>\n".formatted(Svg.escape(warning)))
        .collect(Collectors.joining());
  }

  private String tiles() {
    List<String> tiles = new ArrayList<>();
    tiles.add(
        tile(
            Svg.count(report.lineage().rowsFitted()),
            "rows fitted, %s held out".formatted(Svg.count(report.lineage().rowsHeldOut()))));
    tiles.add(tile(nats(report.negativeElbo()), "negative ELBO of a held-out row, on average"));
    report.health().gap().map(ReportPage::tile).ifPresent(tiles::add);
    tiles.add(
        tile(
            "%d of %d".formatted(report.health().activeLatents(), report.health().latents()),
            "latents are active"));
    tiles.add(
        tile(
            "%,.2f %s".formatted(report.threshold().score(), report.judged().unit()),
            "threshold for a false-alarm rate of "
                + Axis.percent(report.threshold().falseAlarmRate())));
    return tiles.stream().collect(Collectors.joining("", "<div class=\"tiles\">\n", "</div>\n"));
  }

  private static String tile(GapToPca gap) {
    String than = gap.nats() <= 0 ? "fewer than" : "more than";
    return tile(
        nats(Math.abs(gap.nats())),
        than
            + " probabilistic PCA with %d latents needs for the same rows"
                .formatted(gap.latents()));
  }

  private static String nats(double value) {
    return String.format(Locale.ROOT, "%,.2f nats", value);
  }

  private static String tile(String figure, String of) {
    return "<div class=\"tile\"><b>%s</b><span>%s</span></div>\n"
        .formatted(Svg.escape(figure), Svg.escape(of));
  }

  private String decisions() {
    return report.decisions().stream()
        .map(decision -> "<p>%s</p>\n".formatted(Svg.escape(decision)))
        .collect(Collectors.joining());
  }

  private String curves() {
    String legend =
        """
        <p class="legend"><span><i style="background:var(--training)"></i>fit rows, mean over \
        blocks of rounds</span><span><i style="background:var(--validation)"></i>held-out rows\
        </span></p>
        """;
    return section(
        "How the fit went",
        "The negative ELBO per row along the fit, and its two parts. Lower is better. Held-out rows"
            + " that turn upward while fit rows fall are overfitting.",
        legend
            + charts(
                List.of(
                    curve("Negative ELBO", LossPoint::total),
                    curve("Reconstruction", LossPoint::reconstruction),
                    curve("KL", LossPoint::kl))));
  }

  private Optional<String> curve(String name, ToDoubleFunction<LossPoint> part) {
    return figure(
        name,
        "",
        LossChart.of(
            report.training(), report.validation(), part, report.keptRound(), name + " by round"));
  }

  private String scores() {
    double[] judged = report.heldOut().judged();
    double rate = report.threshold().falseAlarmRate();
    double[] ascending = report.calibration().ascending();
    return section(
        "The threshold",
        "Normal rows that took no part in the fit, by %s. A row above the threshold is an anomaly."
            .formatted(report.judged().axis()),
        charts(
            List.of(
                figure(
                    "Held-out scores",
                    "Counted. One hump with a short tail is as it should be. Shaded: where the threshold"
                        + " lies with %s confidence."
                            .formatted(Axis.percent(report.threshold().confidence().level())),
                    ScoreHistogram.of(ascending, report.threshold(), report.judged())),
                figure(
                    "Tail",
                    "The share of rows beyond each score: dots as observed, the line as the threshold"
                        + " takes it to be, dashed the rate asked for.",
                    TailChart.of(
                        ascending, report.threshold(), report.calibration(), report.judged())),
                figure(
                    "Rates asked for and realised",
                    "A threshold set on the first half of the held-out rows, counted on the second."
                        + " Above the band: it alarms more often than asked for.",
                    ReliabilityChart.of(RealisedRate.of(judged, report.heldOut().series()))),
                figure(
                    "Along the held-out rows",
                    "High scores counted, at the level that %s of the rows exceed. Along the dashed line: steady. Steps: bursts. Bent upward: the stream drifts away."
                        .formatted(Axis.percent(ExceedanceChart.rate(judged.length, rate))),
                    ExceedanceChart.of(judged, rate, report.judged())))));
  }

  private String time() {
    StringBuilder legend =
        new StringBuilder("<p class=\"legend\"><span>nats above the sensor's median:</span>");
    for (int shade = 0; shade < HeatMap.SHADES.length; shade++) {
      legend.append(
          "<span><i class=\"square\" style=\"background:var(--h%d)\"></i>%s</span>"
              .formatted(shade, Svg.number(HeatMap.SHADES[shade])));
    }
    String which =
        report.sensors().size() > HeatMap.MOST_SENSORS
            ? " The %d sensors that stand out most.".formatted(HeatMap.MOST_SENSORS)
            : "";
    String map =
        HeatMap.of(report.heldOut(), report.sensors(), report.threshold().score(), report.judged());
    return section(
        "Sensor by time",
        "The %s along the held-out rows (mean, and highest in grey), and below it which sensor the score"
                .formatted(report.judged().name())
            + " came from. A row whose colour grows to the right drifts away from what was"
            + " fitted."
            + which,
        "<div class=\"wide\">" + map + "</div>\n" + legend.append("</p>\n"));
  }

  private String latents() {
    List<LatentHealth> first = report.health().members().get(0);
    int members = report.health().members().size();
    String which =
        members == 1
            ? ""
            : " Shown is the first of %d members; the others' figures are among the metrics."
                .formatted(members);
    return section(
        "What the latents say",
        "A latent whose posterior mean hardly varies from row to row (a variance below "
            + Svg.number(LatentHealth.LEAST_ACTIVITY)
            + ") is inactive: it has collapsed onto the prior. A few inactive ones are nothing to"
            + " worry about, the rows then have fewer degrees of freedom than there are latents."
            + which,
        charts(
            List.of(
                figure(
                    "KL of each latent",
                    "Mean over fit rows, in nats.",
                    BarChart.of(report.latents(LatentHealth::kl), "Mean KL per latent")),
                figure(
                    "Activity of each latent",
                    "Variance of its posterior mean over fit rows; 1 is the prior's.",
                    BarChart.of(report.latents(LatentHealth::activity), "Activity per latent")),
                figure(
                    "The two most active latents",
                    "Rows by their posterior means, fit rows in grey. Held-out rows: the stronger the"
                        + " colour the higher the score, red beyond the threshold. The circles are"
                        + " one and two standard deviations of the prior.",
                    LatentScatter.of(
                        report.heldOut(), report.fitMeans(), first, report.threshold().score())))));
  }

  private String sensors() {
    return section(
        "How well each sensor is explained",
        "What each sensor contributes to the score of a held-out row, and how far from its"
            + " expectation it usually lies: σ in its own standard deviations, 1 where the other"
            + " sensors tell nothing of it.",
        SensorRanking.toHtml(SensorRanking.of(report.heldOut(), report.sensors())));
  }

  /** A chart with its title, unless there is nothing to draw. */
  private static Optional<String> figure(String title, String explanation, String chart) {
    String caption =
        explanation.isEmpty()
            ? ""
            : "<figcaption>%s</figcaption>\n".formatted(Svg.escape(explanation));
    return chart.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "<figure>\n<h3>%s</h3>\n%s%s\n</figure>\n"
                .formatted(Svg.escape(title), caption, chart));
  }

  /** Three beside each other on a wide screen where there are three, else two. */
  private static String charts(List<Optional<String>> figures) {
    String style = figures.size() == 3 ? "charts three" : "charts";
    return figures.stream()
        .flatMap(Optional::stream)
        .collect(Collectors.joining("", "<div class=\"%s\">\n".formatted(style), "</div>\n"));
  }

  private static String section(String title, String explanation, String content) {
    return "<section>\n<h2>%s</h2>\n<p class=\"soft\">%s</p>\n%s</section>\n"
        .formatted(Svg.escape(title), Svg.escape(explanation), content);
  }
}
