package dev.elbow.trainer;

import dev.elbow.score.Imputation;
import dev.elbow.score.Prior;
import dev.elbow.score.Rows;
import dev.elbow.score.StandardNormal;
import dev.elbow.trainer.data.ModelRows;
import dev.elbow.trainer.fit.AlternatingFit;
import dev.elbow.trainer.fit.FitListener;
import dev.elbow.trainer.fit.FitSettings;
import dev.elbow.trainer.fit.HeldOutLoss;
import dev.elbow.trainer.prior.ExemplarFit;
import dev.elbow.trainer.prior.PriorSettings;
import dev.elbow.trainer.report.TrainingReport.LossPoint;
import dev.elbow.trainer.vae.TrainedMember;
import dev.elbow.trainer.vae.Vae;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** Fits one member of a model: its networks, then the prior of its score. */
final class MemberFit {

  /** Sets the choice of exemplars apart from the streams of the fit. */
  private static final long EXEMPLARS_STREAM = 0xe8e_371aL;

  /** Held-out rows that are scored again and again along a fit: their mean is known well enough. */
  private static final int WATCHED_ROWS = 2000;

  private final FitSettings settings;
  private final PriorSettings prior;
  private final FitListener listener;

  /**
   * @param settings of this member: its seed is its own
   * @param prior which prior its score has
   */
  MemberFit(FitSettings settings, PriorSettings prior, FitListener listener) {
    this.settings = settings;
    this.prior = prior;
    this.listener = listener;
  }

  /**
   * A fitted member.
   *
   * @param member what was fitted
   * @param networks how its networks were
   * @param bandwidth of its exemplars, if it has any
   * @param training the loss of the fit rows along the fit
   * @param validation the loss of the held-out rows along the fit
   */
  record Fitted(
      TrainedMember member,
      AlternatingFit.Fitted networks,
      Optional<Double> bandwidth,
      List<LossPoint> training,
      List<LossPoint> validation) {

    /** The round that was kept, where it was not the last. */
    OptionalInt chosenRound() {
      return networks.kept() < networks.rounds()
          ? OptionalInt.of(networks.kept())
          : OptionalInt.empty();
    }

    /** What the fit measured, by name. */
    SortedMap<String, Double> metrics() {
      SortedMap<String, Double> metrics = new TreeMap<>();
      metrics.put("keptRound", (double) networks.kept());
      bandwidth.ifPresent(factor -> metrics.put("exemplarBandwidth", factor));
      return metrics;
    }
  }

  /** Fits to rows, with others held out. */
  Fitted fit(ModelRows fit, ModelRows heldOut) {
    ModelRows some = heldOut.evenly(WATCHED_ROWS);
    TrainingHistory history = new TrainingHistory(some);
    AlternatingFit.Fitted networks =
        AlternatingFit.fit(
            fit.x(),
            fit.mask(),
            new HeldOutLoss(some.x(), some.mask()),
            settings,
            history.andThen(listener));
    Optional<ExemplarFit.Fitted> exemplars = exemplars(networks.vae(), fit, heldOut, prior);
    return new Fitted(
        member(networks.vae(), exemplars),
        networks,
        exemplars.map(ExemplarFit.Fitted::bandwidth),
        history.training(),
        history.validation());
  }

  /** Fits the same once more, to all rows, with rounds and bandwidth as they were found. */
  TrainedMember refit(ModelRows all, Fitted earlier) {
    Vae vae = AlternatingFit.refit(all.x(), all.mask(), earlier.networks(), settings, listener);
    return member(vae, exemplars(vae, all, all, found(earlier)));
  }

  private PriorSettings found(Fitted earlier) {
    return prior instanceof PriorSettings.Exemplars exemplars
        ? new PriorSettings.Exemplars(
            exemplars.count(), new PriorSettings.Factor(earlier.bandwidth().orElseThrow()))
        : prior;
  }

  private Optional<ExemplarFit.Fitted> exemplars(
      Vae vae, ModelRows fit, ModelRows heldOut, PriorSettings wanted) {
    if (wanted instanceof PriorSettings.Exemplars exemplars) {
      var random = new SplittableRandom(settings.seed() ^ EXEMPLARS_STREAM);
      return Optional.of(
          ExemplarFit.fit(vae, filled(vae, fit), filled(vae, heldOut), exemplars, random));
    }
    return Optional.empty();
  }

  /** As the score will see such rows. */
  private static Rows filled(Vae vae, ModelRows rows) {
    return Imputation.fill(vae, rows.x(), rows.mask());
  }

  private static TrainedMember member(Vae vae, Optional<ExemplarFit.Fitted> exemplars) {
    Prior prior = exemplars.<Prior>map(ExemplarFit.Fitted::prior).orElseGet(StandardNormal::new);
    return new TrainedMember(vae, prior);
  }
}
