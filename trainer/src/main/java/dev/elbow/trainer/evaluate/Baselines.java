package dev.elbow.trainer.evaluate;

import dev.elbow.bundle.Threshold;
import dev.elbow.score.Rows;
import dev.elbow.trainer.calibrate.CalibrationSample;
import dev.elbow.trainer.calibrate.ThresholdMethod;
import dev.elbow.trainer.calibrate.Thresholds;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.UnaryOperator;

/**
 * The simple detectors a model has to beat: PCA with T² and with Q, the Mahalanobis distance, and
 * the largest |z|. They see the rows the model sees, standardised and squashed, one at a time, are
 * smoothed where its score is, and set their thresholds on rows that took no part in the fit.
 */
public final class Baselines {

  /** The detectors and their thresholds, in parallel. */
  private final List<Baseline> detectors;

  private final List<Threshold> thresholds;

  private Baselines(List<Baseline> detectors, List<Threshold> thresholds) {
    this.detectors = detectors;
    this.thresholds = thresholds;
  }

  /**
   * Fits all of them.
   *
   * @param fit N×D normal rows in model units, missing values 0, N at least 2; not modified
   * @param heldOut normal rows that took no part in the fit, at least one; not modified
   * @param smoothing of the held-out rows' scores
   * @param falseAlarmRate in (0, 1)
   * @throws IllegalArgumentException if there are too few rows or the rate is not in (0, 1)
   */
  public static Baselines fit(
      Rows fit, Rows heldOut, UnaryOperator<double[]> smoothing, double falseAlarmRate) {
    List<Baseline> detectors = detectors(fit);
    return new Baselines(
        detectors,
        detectors.stream()
            .map(detector -> smoothing.apply(detector.score(heldOut)))
            .map(CalibrationSample::ofIndependent)
            .map(scores -> Thresholds.of(scores, falseAlarmRate, ThresholdMethod.AUTO))
            .toList());
  }

  /**
   * The same detectors fitted to other rows, with the thresholds that were found.
   *
   * @param all N×D normal rows in model units, missing values 0, N at least 2; not modified
   */
  public Baselines refit(Rows all) {
    return new Baselines(detectors(all), thresholds);
  }

  private static List<Baseline> detectors(Rows fit) {
    PrincipalComponents pca = PrincipalComponents.fit(fit);
    RidgeMahalanobis mahalanobis = RidgeMahalanobis.fit(fit);
    return List.of(
        new Baseline("PCA, T²", pca::hotelling),
        new Baseline("PCA, Q", pca::residual),
        new Baseline("Mahalanobis, ridge", mahalanobis::distances),
        new Baseline("largest |z|", Baselines::largest));
  }

  /**
   * Measures each of them.
   *
   * @param x the evaluator's rows in model units, N×D; not modified
   * @param smoothing of their scores
   * @param scored whether a row counts; those that the model cannot score count for none
   */
  public List<DetectorResult> evaluate(
      Evaluator evaluator, Rows x, UnaryOperator<double[]> smoothing, IntPredicate scored) {
    List<DetectorResult> results = new ArrayList<>();
    for (int k = 0; k < detectors.size(); k++) {
      Baseline detector = detectors.get(k);
      double[] scores = smoothing.apply(detector.score(x));
      for (int i = 0; i < scores.length; i++) {
        scores[i] = scored.test(i) ? scores[i] : Double.NaN;
      }
      results.add(evaluator.evaluate(detector.name(), scores, thresholds.get(k).score()));
    }
    return results;
  }

  /**
   * The largest deviation of a single sensor, max_d |z_d|: what a plant has that alarms on every
   * sensor by itself. The rows are standardised already, so there is nothing to fit.
   */
  static double[] largest(Rows x) {
    double[] scores = new double[x.count()];
    for (int i = 0; i < x.count(); i++) {
      for (int d = 0; d < x.columns(); d++) {
        scores[i] = Math.max(scores[i], Math.abs(x.get(i, d)));
      }
    }
    return scores;
  }
}
