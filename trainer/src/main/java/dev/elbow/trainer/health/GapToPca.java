package dev.elbow.trainer.health;

import dev.elbow.trainer.data.ModelRows;
import dev.elbow.trainer.evaluate.ProbabilisticPca;
import java.util.Arrays;
import java.util.Optional;

/**
 * A model beside {@link ProbabilisticPca} with as many latents, on the same held-out rows.
 *
 * @param negativeElbo the model's mean score, in nats per row
 * @param pcaNegativeLogLikelihood mean of −log p under probabilistic PCA, in nats per row
 * @param latents K of both
 */
public record GapToPca(double negativeElbo, double pcaNegativeLogLikelihood, int latents) {

  /**
   * More columns than this are not compared: their eigenvectors would take longer than the fit of
   * the networks.
   */
  public static final int MOST_COLUMNS = 512;

  /**
   * Fits probabilistic PCA to the rows the model was fitted to, and measures it where the model was
   * measured.
   *
   * @param fit rows as the networks see them, at least one, of many an even share; not modified
   * @param heldOut rows that took no part in the fit, at least one; not modified
   * @param negativeElbo the model's mean score over the held-out rows, in nats
   * @param latents K, at least 1
   * @param leastVariance floor of the decoder's variance, which holds for both, positive
   * @return empty where there are more than {@value #MOST_COLUMNS} columns
   */
  public static Optional<GapToPca> measure(
      ModelRows fit, ModelRows heldOut, double negativeElbo, int latents, double leastVariance) {
    if (fit.x().columns() > MOST_COLUMNS) {
      return Optional.empty();
    }
    ProbabilisticPca pca = ProbabilisticPca.fit(fit.x(), fit.mask(), latents, leastVariance);
    double[] nats = pca.negativeLogLikelihood(heldOut.x(), heldOut.mask());
    double mean = Arrays.stream(nats).average().orElseThrow();
    return Optional.of(new GapToPca(negativeElbo, mean, latents));
  }

  /** In nats per row; negative = the model explains the rows better. */
  public double nats() {
    return negativeElbo - pcaNegativeLogLikelihood;
  }
}
