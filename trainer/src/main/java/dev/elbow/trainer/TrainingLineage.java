package dev.elbow.trainer;

import dev.elbow.bundle.Lineage;
import dev.elbow.score.ElboScores;
import dev.elbow.trainer.data.SensorTable;
import dev.elbow.trainer.data.Split;
import dev.elbow.trainer.fit.FitSettings;
import dev.elbow.trainer.vae.Architecture;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
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

  TrainingLineage(SensorTable table, Split split, TrainingSettings settings) {
    this.table = table;
    this.split = split;
    this.settings = settings;
  }

  /**
   * @param heldOut the scores of the held-out rows
   */
  Lineage with(ElboScores heldOut) {
    return new Lineage(
        table.source(),
        table.count() + table.skipped().count(),
        split.fit().length,
        split.heldOut().length,
        leftOut(),
        settings.fit().seed(),
        settingsByName(),
        versions(),
        metrics(heldOut));
  }

  private SortedMap<String, Long> leftOut() {
    SortedMap<String, Long> leftOut = new TreeMap<>();
    long anomalous = table.anomalousRows().length;
    leftOut.put("anomalous", anomalous);
    leftOut.put(
        "too few sensors", table.count() - anomalous - split.fit().length - split.heldOut().length);
    table.skipped().byReason().forEach((reason, rows) -> leftOut.merge(reason, rows, Long::sum));
    return leftOut;
  }

  private SortedMap<String, String> settingsByName() {
    FitSettings fit = settings.fit();
    Architecture network = fit.network();
    return new TreeMap<>(
        Map.ofEntries(
            Map.entry("false-alarm-rate", String.valueOf(settings.falseAlarmRate())),
            Map.entry("held-out", String.valueOf(settings.heldOut())),
            Map.entry("score-draws", String.valueOf(settings.scoreDraws())),
            Map.entry("mode", fit.steps().mode().name().toLowerCase(Locale.ROOT)),
            Map.entry("theta-steps", String.valueOf(fit.steps().theta())),
            Map.entry("phi-steps", String.valueOf(fit.steps().phi())),
            Map.entry("draws", String.valueOf(fit.steps().draws())),
            Map.entry("latents", String.valueOf(network.latents())),
            Map.entry(
                "hidden",
                network.encoderHidden().stream()
                    .map(String::valueOf)
                    .collect(Collectors.joining(","))),
            Map.entry("activation", network.activation().name().toLowerCase(Locale.ROOT)),
            Map.entry("learning-rate", String.valueOf(fit.learningRate().initial())),
            Map.entry("batch-size", String.valueOf(fit.batchSize())),
            Map.entry(
                "rounds",
                String.valueOf(fit.rounds().count(split.fit().length, fit.batchSize())))));
  }

  private static SortedMap<String, String> versions() {
    String elbow = TrainingLineage.class.getPackage().getImplementationVersion();
    return new TreeMap<>(
        Map.of(
            "elbow", Optional.ofNullable(elbow).orElse("development"),
            "java", Runtime.version().toString(),
            "ejml", EjmlVersion.VERSION));
  }

  /** Means over the held-out rows, in nats. */
  private static SortedMap<String, Double> metrics(ElboScores heldOut) {
    return new TreeMap<>(
        Map.of(
            "heldOut.negativeElbo", mean(heldOut, heldOut::score),
            "heldOut.reconstruction", mean(heldOut, heldOut::reconstruction),
            "heldOut.kl", mean(heldOut, heldOut::kl)));
  }

  private static double mean(ElboScores scores, IntToDoubleFunction term) {
    return IntStream.range(0, scores.count()).mapToDouble(term).average().orElseThrow();
  }
}
