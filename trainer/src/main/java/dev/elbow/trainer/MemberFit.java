package dev.elbow.trainer;

import dev.elbow.score.Prior;
import dev.elbow.score.StandardNormal;
import dev.elbow.trainer.data.ModelRows;
import dev.elbow.trainer.fit.AlternatingFit;
import dev.elbow.trainer.fit.FitListener;
import dev.elbow.trainer.fit.FitSettings;
import dev.elbow.trainer.prior.ExemplarFit;
import dev.elbow.trainer.prior.PriorSettings;
import dev.elbow.trainer.report.TrainingReport.LossPoint;
import dev.elbow.trainer.vae.TrainedMember;
import dev.elbow.trainer.vae.Vae;
import java.util.List;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** Fits one member of a model: its networks, then the prior of its score. */
final class MemberFit {

  /** Sets the choice of exemplars apart from the streams of the fit. */
  private static final long EXEMPLARS_STREAM = 0xe8e_371aL;

  private MemberFit() {}

  /**
   * A fitted member.
   *
   * @param member what was fitted
   * @param metrics what the fit measured, by name
   * @param training the loss of the fit rows along the fit
   * @param validation the loss of the held-out rows along the fit
   */
  record Fitted(
      TrainedMember member,
      SortedMap<String, Double> metrics,
      List<LossPoint> training,
      List<LossPoint> validation) {}

  static Fitted fit(
      ModelRows fit,
      ModelRows heldOut,
      FitSettings settings,
      PriorSettings priorSettings,
      FitListener listener) {
    TrainingHistory history = new TrainingHistory(heldOut);
    Vae vae = AlternatingFit.fit(fit.x(), fit.mask(), settings, history.andThen(listener));
    SortedMap<String, Double> metrics = new TreeMap<>();
    Prior prior = new StandardNormal();
    if (priorSettings instanceof PriorSettings.Exemplars exemplars) {
      var random = new SplittableRandom(settings.seed() ^ EXEMPLARS_STREAM);
      ExemplarFit.Fitted found = ExemplarFit.fit(vae, fit.x(), heldOut.x(), exemplars, random);
      metrics.put("exemplarBandwidth", found.bandwidth());
      prior = found.prior();
    }
    return new Fitted(
        new TrainedMember(vae, prior), metrics, history.training(), history.validation());
  }
}
