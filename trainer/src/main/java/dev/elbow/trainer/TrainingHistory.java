package dev.elbow.trainer;

import dev.elbow.score.Draws;
import dev.elbow.score.ElboScores;
import dev.elbow.score.NegativeElbo;
import dev.elbow.score.StandardNormal;
import dev.elbow.score.VariationalModel;
import dev.elbow.trainer.data.ModelRows;
import dev.elbow.trainer.fit.FitListener;
import dev.elbow.trainer.report.TrainingReport.LossPoint;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Keeps how the loss fell, on the fit rows and on the held-out rows, for the report.
 *
 * <p>The loss of a single minibatch is noisy, so a point is the mean over all rounds since the one
 * before. The held-out rows are scored at each point with z = μ.
 */
final class TrainingHistory implements FitListener {

  /** As many as a chart can show. */
  private static final int POINTS = 60;

  private final ModelRows heldOut;
  private final List<LossPoint> training = new ArrayList<>();
  private final List<LossPoint> validation = new ArrayList<>();

  private int roundsSincePoint;
  private double reconstructionSincePoint;
  private double klSincePoint;

  TrainingHistory(ModelRows heldOut) {
    this.heldOut = heldOut;
  }

  @Override
  public void onRound(Progress progress) {
    roundsSincePoint++;
    reconstructionSincePoint += progress.loss().reconstruction();
    klSincePoint += progress.loss().kl();
    int every = Math.max(1, progress.rounds() / POINTS);
    if (progress.round() % every == 0 || progress.round() == progress.rounds()) {
      addPoint(progress);
    }
  }

  private void addPoint(Progress progress) {
    training.add(
        new LossPoint(
            progress.round(),
            reconstructionSincePoint / roundsSincePoint,
            klSincePoint / roundsSincePoint));
    roundsSincePoint = 0;
    reconstructionSincePoint = 0;
    klSincePoint = 0;

    VariationalModel model = progress.model().get();
    Draws atTheMean = Draws.atTheMean(model.latents());
    ElboScores scores =
        new NegativeElbo(model, new StandardNormal(), atTheMean).score(heldOut.x(), heldOut.mask());
    validation.add(
        new LossPoint(
            progress.round(),
            mean(scores.count(), scores::reconstruction),
            mean(scores.count(), scores::kl)));
  }

  private static double mean(int count, IntToDoubleFunction term) {
    return IntStream.range(0, count).mapToDouble(term).average().orElseThrow();
  }

  /** This, then another. */
  FitListener andThen(FitListener other) {
    return progress -> {
      onRound(progress);
      other.onRound(progress);
    };
  }

  /** The loss of the fit rows along the fit. */
  List<LossPoint> training() {
    return List.copyOf(training);
  }

  /** The loss of the held-out rows along the fit. */
  List<LossPoint> validation() {
    return List.copyOf(validation);
  }
}
