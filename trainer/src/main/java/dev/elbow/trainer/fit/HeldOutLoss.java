package dev.elbow.trainer.fit;

import dev.elbow.input.InvalidInputException;
import dev.elbow.score.Draws;
import dev.elbow.score.ElboScores;
import dev.elbow.score.Mask;
import dev.elbow.score.NegativeElbo;
import dev.elbow.score.Rows;
import dev.elbow.score.StandardNormal;
import dev.elbow.score.VariationalModel;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * The loss of rows that take no part in a fit: the mean negative ELBO under N(0, I), the prior of
 * the training. Of draws it takes one pair, μ ± σ with signs of their own for every latent, the
 * same at every evaluation.
 */
public final class HeldOutLoss {

  private static final long SIGNS_SEED = 1;

  private final Rows x;
  private final Mask mask;

  /**
   * @param x N×D, model rows, at least one; missing cells hold 0; not modified
   * @param mask N×D, which cells were observed; not modified
   * @throws IllegalArgumentException if there is no row
   */
  public HeldOutLoss(Rows x, Mask mask) {
    if (x.count() == 0) {
      throw new IllegalArgumentException("held-out rows: expected at least one, found none");
    }
    this.x = x;
    this.mask = mask;
  }

  /** The loss, in nats; +∞ where it is not finite. */
  public double of(VariationalModel model) {
    Draws pair = Draws.antithetic(2, model.latents(), new SplittableRandom(SIGNS_SEED));
    ElboScores scores = new NegativeElbo(model, new StandardNormal(), pair).score(x, mask);
    double loss =
        IntStream.range(0, scores.count()).mapToDouble(scores::score).average().orElseThrow();
    return Double.isFinite(loss) ? loss : Double.POSITIVE_INFINITY;
  }

  /**
   * Makes sure that a fit came to something.
   *
   * @param sigmaMin the least standard deviation the model's decoder can give
   * @throws InvalidInputException if its loss is not finite, or higher than that of a model which
   *     misses every value by far and is as sure of itself as can be
   */
  void requireSane(VariationalModel model, double sigmaMin, double learningRate) {
    double loss = of(model);
    double absurd = ofAbsurd(sigmaMin);
    if (loss > absurd) {
      throw new InvalidInputException(
          """
          the fit came to nothing: its loss on the held-out rows is %.4g nats, and a model that \
          misses every value by more than a standard deviation has %.4g; lower the learning rate, \
          which was %s, and look for held-out rows that are unlike all others"""
              .formatted(loss, absurd, learningRate));
    }
  }

  /** Of means that are 1 + 2|x| off, with deviations σ_min. */
  private double ofAbsurd(double sigmaMin) {
    double sum = 0;
    for (int i = 0; i < x.count(); i++) {
      for (int d = 0; d < x.columns(); d++) {
        if (mask.observed(i, d)) {
          // (69)  ½ (ln 2π σ_min² + (1 + 2|x_d|)² / σ_min²)
          double residual = (1 + 2 * Math.abs(x.get(i, d))) / sigmaMin;
          sum += 0.5 * (Math.log(2 * Math.PI * sigmaMin * sigmaMin) + residual * residual);
        }
      }
    }
    return sum / x.count();
  }
}
