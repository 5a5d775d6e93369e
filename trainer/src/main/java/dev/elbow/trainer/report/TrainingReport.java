package dev.elbow.trainer.report;

import dev.elbow.alarm.Alarms;
import dev.elbow.bundle.HeldOutScores;
import dev.elbow.bundle.Lineage;
import dev.elbow.bundle.Network;
import dev.elbow.bundle.Threshold;
import dev.elbow.score.Rows;
import dev.elbow.trainer.health.LatentHealth;
import dev.elbow.trainer.health.ModelHealth;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * What there is to tell of a training.
 *
 * @param lineage data, settings, versions and metrics
 * @param sensors the sensors' names in the order of the model's columns
 * @param network the shape of the networks
 * @param threshold what was derived from the held-out scores
 * @param alarms how alarms are told from scores
 * @param calibration the statistics of the held-out rows, which the threshold was set on
 * @param heldOut the held-out rows, their scores and where they lie in latent space
 * @param fitMeans posterior means of the first member for rows of the fit, at least one row
 * @param health how much of the model is used, and what it explains
 * @param training the loss of the fit rows along the fit, in order
 * @param validation the loss of the held-out rows along the fit, in order; may be empty
 * @param keptRound the round whose parameters were kept; empty if it was the last
 * @param decisions what the training decided by itself and why, whole sentences
 * @param warnings what somebody should look at, whole sentences
 */
public record TrainingReport(
    Lineage lineage,
    List<String> sensors,
    Network network,
    Threshold threshold,
    Alarms alarms,
    HeldOutScores calibration,
    HeldOutRows heldOut,
    Rows fitMeans,
    ModelHealth health,
    List<LossPoint> training,
    List<LossPoint> validation,
    OptionalInt keptRound,
    List<String> decisions,
    List<String> warnings) {

  /**
   * The loss at one point of the fit, a mean per row in nats.
   *
   * @param round counted from 1
   * @param reconstruction −E[log p(x|z)]; may be negative
   * @param kl KL(q(z|x) ‖ p(z))
   */
  public record LossPoint(int round, double reconstruction, double kl) {

    /** The negative ELBO. */
    public double total() {
      return reconstruction + kl;
    }
  }

  /** Copies the lists. */
  public TrainingReport {
    sensors = List.copyOf(sensors);
    training = List.copyOf(training);
    validation = List.copyOf(validation);
    decisions = List.copyOf(decisions);
    warnings = List.copyOf(warnings);
  }

  /**
   * The report as one HTML document that needs nothing else: no script, no font, no network. It is
   * a function of this record alone.
   */
  public String toHtml() {
    return ReportPage.of(this);
  }

  /** The warnings, with that of the model's health. */
  List<String> allWarnings() {
    List<String> all = new ArrayList<>(warnings);
    health.warning().ifPresent(all::add);
    return all;
  }

  /** What the threshold judges. */
  JudgedScore judged() {
    return JudgedScore.of(alarms);
  }

  /** Mean score of the held-out rows, in nats. */
  double negativeElbo() {
    return IntStream.range(0, heldOut.count()).mapToDouble(heldOut::score).average().orElseThrow();
  }

  /** A figure of every latent of the first member, in order; those of inactive latents faint. */
  List<BarChart.Bar> latents(ToDoubleFunction<LatentHealth> figure) {
    List<LatentHealth> first = health.members().get(0);
    return IntStream.range(0, first.size())
        .mapToObj(
            k ->
                new BarChart.Bar(
                    "z" + (k + 1), figure.applyAsDouble(first.get(k)), !first.get(k).active()))
        .toList();
  }
}
