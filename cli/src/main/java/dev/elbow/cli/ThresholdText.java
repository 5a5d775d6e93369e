package dev.elbow.cli;

import dev.elbow.alarm.FixedThreshold;
import dev.elbow.bundle.Confidence;
import dev.elbow.bundle.Manifest;
import dev.elbow.bundle.Tail;
import dev.elbow.bundle.Threshold;
import dev.elbow.trainer.calibrate.Thresholds;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What a person wants to know of a threshold. */
final class ThresholdText {

  private ThresholdText() {}

  /** Lines that say what it is, where from and how sure, each ending with a line feed. */
  static String of(Manifest manifest) {
    Threshold threshold = manifest.threshold();
    StringBuilder text = new StringBuilder();
    text.append(
        line(
            "threshold  %s for a false-alarm rate of %s%s",
            height(manifest),
            number(threshold.falseAlarmRate()),
            budget(manifest.lineage().settings())));
    text.append(line("           by %s", source(threshold)));
    text.append(line("           %s", confidence(threshold.confidence(), unit(manifest))));
    Thresholds.warning(threshold).ifPresent(warning -> text.append(line("warning    %s", warning)));
    return text.toString();
  }

  private static String height(Manifest manifest) {
    String nats = String.format(Locale.ROOT, "%.3f nats", manifest.thresholdInNats());
    return manifest.alarms().rule() instanceof FixedThreshold
        ? nats
        : String.format(
            Locale.ROOT,
            "%.3f scatters above a machine's level, %s at first,",
            manifest.threshold().score(),
            nats);
  }

  private static String unit(Manifest manifest) {
    return manifest.alarms().rule() instanceof FixedThreshold ? "nats" : "scatters";
  }

  private static String budget(Map<String, String> settings) {
    return Optional.ofNullable(settings.get("alarms-per-month"))
        .map(
            alarms ->
                String.format(
                    Locale.ROOT,
                    ": %s alarms in a month of %,.0f rows",
                    alarms,
                    Double.parseDouble(settings.getOrDefault("rows-per-month", "NaN"))))
        .orElse("");
  }

  private static String source(Threshold threshold) {
    if (threshold.tail() instanceof Tail.GeneralizedPareto tail) {
      return String.format(
          Locale.ROOT,
          "the Pareto tail of the %,d highest of %,d held-out scores (scale %.3g, shape %.2f)",
          tail.peaks(),
          threshold.heldOutRows(),
          tail.scale(),
          tail.shape());
    }
    return String.format(
        Locale.ROOT, "the quantile of %,d held-out scores", threshold.heldOutRows());
  }

  private static String confidence(Confidence confidence, String unit) {
    return String.format(
        Locale.ROOT,
        "%.0f %% sure that its rate is between %s and %s, and the threshold of that rate %s",
        100 * confidence.level(),
        number(confidence.rateFrom()),
        number(confidence.rateTo()),
        confidence
            .scoreTo()
            .map(
                to ->
                    String.format(
                        Locale.ROOT, "between %.3f and %.3f %s", confidence.scoreFrom(), to, unit))
            .orElseGet(
                () -> String.format(Locale.ROOT, "above %.3f %s", confidence.scoreFrom(), unit)));
  }

  private static String number(double rate) {
    return String.format(Locale.ROOT, "%.2g", rate);
  }

  private static String line(String format, Object... arguments) {
    return String.format(Locale.ROOT, format + "%n", arguments);
  }
}
