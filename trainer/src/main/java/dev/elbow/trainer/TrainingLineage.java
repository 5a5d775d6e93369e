package dev.elbow.trainer;

import dev.elbow.bundle.Lineage;
import dev.elbow.identity.ElbowVersion;
import dev.elbow.row.Window;
import dev.elbow.score.SensorScores;
import dev.elbow.trainer.calibrate.AlarmSettings;
import dev.elbow.trainer.calibrate.ThresholdSettings;
import dev.elbow.trainer.data.SensorTable;
import dev.elbow.trainer.data.Split;
import dev.elbow.trainer.fit.EarlyStopping;
import dev.elbow.trainer.fit.FitSettings;
import dev.elbow.trainer.health.ModelHealth;
import dev.elbow.trainer.prior.PriorSettings;
import dev.elbow.trainer.vae.Architecture;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.ejml.EjmlVersion;

/** Writes down where a bundle came from: rows, settings, versions, measurements. */
final class TrainingLineage {

  private final SensorTable table;
  private final Split split;
  private final TrainingSettings settings;

  private final SortedMap<String, Long> unused;

  /**
   * @param unused normal rows that took no part, by reason
   */
  TrainingLineage(
      SensorTable table, Split split, TrainingSettings settings, SortedMap<String, Long> unused) {
    this.unused = unused;
    this.table = table;
    this.split = split;
    this.settings = settings;
  }

  /**
   * @param heldOut the scores of the held-out rows
   * @param parts where their mean comes from
   * @param members what was fitted
   * @param health what the held-out rows say of it
   */
  Lineage with(
      SensorScores heldOut, ScoreParts parts, List<MemberFit.Fitted> members, ModelHealth health) {
    return new Lineage(
        table.source(),
        table.count() + table.skipped().count(),
        split.fit().length,
        split.heldOut().length,
        leftOut(),
        settings.fit().seed(),
        settingsByName(),
        versions(),
        metrics(heldOut, parts, members, health));
  }

  private SortedMap<String, Long> leftOut() {
    SortedMap<String, Long> leftOut = new TreeMap<>(unused);
    leftOut.put("anomalous", (long) table.anomalousRows().length);
    table.skipped().byReason().forEach((reason, rows) -> leftOut.merge(reason, rows, Long::sum));
    return leftOut;
  }

  private void putThreshold(SortedMap<String, String> byName) {
    ThresholdSettings threshold = settings.threshold();
    byName.put("false-alarm-rate", String.valueOf(threshold.falseAlarmRate()));
    byName.put("threshold-method", threshold.method().name().toLowerCase(Locale.ROOT));
    threshold
        .budget()
        .ifPresent(
            budget -> {
              byName.put("alarms-per-month", String.valueOf(budget.alarmsPerMonth()));
              byName.put("rows-per-month", String.valueOf(budget.rowsPerMonth()));
            });
  }

  private void putAlarms(SortedMap<String, String> byName) {
    AlarmSettings alarms = settings.alarms();
    byName.put("smoothing", String.valueOf(alarms.smoothing().alpha()));
    byName.put("alarm-rule", alarms.rule().toString());
    if (alarms.rule() == AlarmSettings.Rule.TWO_CLOCKS) {
      byName.put("fast-clock", String.valueOf(alarms.clocks().fastRows()));
      byName.put("slow-clock", String.valueOf(alarms.clocks().slowRows()));
      byName.put("shift-spread", String.valueOf(alarms.clocks().shiftSpread()));
    }
  }

  private SortedMap<String, String> settingsByName() {
    FitSettings fit = settings.fit();
    Architecture network = fit.network();
    SortedMap<String, String> byName = new TreeMap<>();
    putThreshold(byName);
    putAlarms(byName);
    byName.put("input", settings.input().describe());
    byName.put("window", windowText(settings.input().window()));
    if (!settings.input().window().isSingleRow()) {
      byName.put("ridge", String.valueOf(settings.input().ridge()));
      byName.put("gap", String.valueOf(settings.input().continuity().gapSteps()));
    }
    byName.put("held-out", String.valueOf(settings.heldOut()));
    byName.put("score-draws", String.valueOf(settings.scoreDraws()));
    byName.put("members", String.valueOf(settings.members()));
    putPrior(byName);
    byName.put("mixture", String.valueOf(settings.mixture().weight()));
    if (settings.mixture().isPresent()) {
      byName.put("mixture-exemplars", String.valueOf(settings.mixture().exemplars()));
    }
    byName.put("early-stopping", String.valueOf(fit.earlyStopping().isPresent()));
    byName.put(
        "refit", String.valueOf(fit.earlyStopping().map(EarlyStopping::refit).orElse(false)));
    byName.put("mode", fit.steps().mode().name().toLowerCase(Locale.ROOT));
    byName.put("theta-steps", String.valueOf(fit.steps().theta()));
    byName.put("phi-steps", String.valueOf(fit.steps().phi()));
    byName.put("draws", String.valueOf(fit.steps().draws()));
    byName.put("latents", String.valueOf(network.latents()));
    byName.put(
        "hidden",
        network.encoderHidden().stream().map(String::valueOf).collect(Collectors.joining(",")));
    byName.put("linear-skips", String.valueOf(network.linearSkips()));
    byName.put("activation", network.activation().name().toLowerCase(Locale.ROOT));
    byName.put("learning-rate", String.valueOf(fit.learningRate().initial()));
    byName.put("batch-size", String.valueOf(fit.batchSize()));
    byName.put("rounds", String.valueOf(fit.rounds().count(split.fit().length, fit.batchSize())));
    return byName;
  }

  private static String windowText(Window window) {
    if (window.isSingleRow()) {
      return "rows";
    }
    return window.equals(Window.ofRows(window.rows()))
        ? String.valueOf(window.rows())
        : window.blocks().stream().map(String::valueOf).collect(Collectors.joining(","));
  }

  private void putPrior(SortedMap<String, String> byName) {
    if (settings.prior() instanceof PriorSettings.Exemplars exemplars) {
      byName.put("prior", "exemplar");
      byName.put("exemplars", String.valueOf(exemplars.count()));
      byName.put(
          "exemplar-bandwidth",
          exemplars.bandwidth() instanceof PriorSettings.Factor given
              ? String.valueOf(given.factor())
              : "held-out");
    } else {
      byName.put("prior", "standard-normal");
    }
  }

  private static SortedMap<String, String> versions() {
    return new TreeMap<>(
        Map.of(
            "elbow", ElbowVersion.current(),
            "java", Runtime.version().toString(),
            "ejml", EjmlVersion.VERSION));
  }

  /** Means over the held-out rows, in nats, what the fits of the members measured, and health. */
  private static SortedMap<String, Double> metrics(
      SensorScores heldOut, ScoreParts parts, List<MemberFit.Fitted> members, ModelHealth health) {
    SortedMap<String, Double> metrics = new TreeMap<>(health.metrics());
    metrics.put("heldOut.negativeElbo", mean(heldOut, heldOut::score));
    metrics.put("heldOut.reconstruction", mean(heldOut, heldOut::reconstruction));
    metrics.put("heldOut.kl", mean(heldOut, heldOut::kl));
    metrics.putAll(parts.metrics());
    for (int m = 0; m < members.size(); m++) {
      String member = "member" + (m + 1) + ".";
      members.get(m).metrics().forEach((name, value) -> metrics.put(member + name, value));
    }
    return metrics;
  }

  private static double mean(SensorScores scores, IntToDoubleFunction term) {
    return IntStream.range(0, scores.count()).mapToDouble(term).average().orElseThrow();
  }
}
