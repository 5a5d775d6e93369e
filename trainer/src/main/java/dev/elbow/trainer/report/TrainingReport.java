package dev.elbow.trainer.report;

import dev.elbow.bundle.HeldOutScores;
import dev.elbow.bundle.Lineage;
import dev.elbow.bundle.Network;
import dev.elbow.bundle.Threshold;
import dev.elbow.score.ElboScores;
import dev.elbow.score.Rows;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What there is to tell of a training.
 *
 * @param lineage data, settings, versions and metrics
 * @param sensors the sensors' names in the order of the model's columns
 * @param network the shape of the networks
 * @param threshold what was derived from the held-out scores
 * @param calibration the held-out scores
 * @param heldOut the held-out rows' scores in their parts; at least one row
 * @param klPerLatent N×K, the held-out rows' KL against N(0, I), latent by latent, in nats
 * @param training the loss of the fit rows along the fit, in order
 * @param validation the loss of the held-out rows along the fit, in order; may be empty
 * @param warnings what somebody should look at, whole sentences
 */
public record TrainingReport(
    Lineage lineage,
    List<String> sensors,
    Network network,
    Threshold threshold,
    HeldOutScores calibration,
    ElboScores heldOut,
    Rows klPerLatent,
    List<LossPoint> training,
    List<LossPoint> validation,
    List<String> warnings) {

  /**
   * A latent whose mean KL is below this says nothing about its row: the posterior has collapsed
   * onto the prior (Bowman et al. 2016, arXiv 1511.06349; the same 0.01 marks an inactive unit in
   * Burda, Grosse and Salakhutdinov 2016, arXiv 1509.00519, section 5.2).
   */
  static final double COLLAPSED_NATS = 0.01;

  /** More bars than this cannot be read. */
  private static final int MOST_BARS = 40;

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
    warnings = List.copyOf(warnings);
  }

  /**
   * The report as one HTML document that needs nothing else: no script, no font, no network. It is
   * a function of this record alone.
   */
  public String toHtml() {
    return ReportPage.of(this);
  }

  /** The warnings, with what the held-out rows say about the latents. */
  List<String> allWarnings() {
    List<String> all = new ArrayList<>(warnings);
    long collapsed =
        meanKlPerLatent().stream().filter(latent -> latent.value() < COLLAPSED_NATS).count();
    if (collapsed > 0) {
      all.add(
          "Collapsed onto the prior, with a mean KL below %3$s nats: %1$s of %2$s latents. %4$s"
              .formatted(
                  collapsed,
                  klPerLatent.columns(),
                  COLLAPSED_NATS,
                  collapsed == klPerLatent.columns()
                      ? "The model ignores its input's structure; train longer or on more varied rows."
                      : "The model does not need them; fewer latents would do as well."));
    }
    return all;
  }

  /** Mean KL of each latent over the held-out rows, in nats, in the order of the latents. */
  List<BarChart.Bar> meanKlPerLatent() {
    return IntStream.range(0, klPerLatent.columns())
        .mapToObj(k -> new BarChart.Bar("z" + (k + 1), mean(klPerLatent, k)))
        .toList();
  }

  /** Mean contribution of each sensor over the held-out rows, in nats, the largest first. */
  List<BarChart.Bar> contributionPerSensor() {
    return IntStream.range(0, sensors.size())
        .mapToObj(d -> new BarChart.Bar(sensors.get(d), mean(heldOut.contributions(), d)))
        .sorted(Comparator.comparingDouble(BarChart.Bar::value).reversed())
        .limit(MOST_BARS)
        .toList();
  }

  private double mean(Rows rows, int column) {
    return IntStream.range(0, rows.count())
        .filter(heldOut::scorable)
        .mapToDouble(i -> rows.get(i, column))
        .average()
        .orElse(0);
  }
}
