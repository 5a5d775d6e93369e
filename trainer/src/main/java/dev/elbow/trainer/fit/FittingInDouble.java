package dev.elbow.trainer.fit;

import dev.elbow.score.Mask;
import dev.elbow.score.Rows;
import dev.elbow.trainer.vae.Loss;
import dev.elbow.trainer.vae.Vae;
import java.util.SplittableRandom;

/** A fit in double precision. */
final class FittingInDouble implements Fitting {

  private final Vae vae;
  private final Minibatches minibatches;
  private final AlternatingSteps steps;

  /**
   * @param vae fitted in place
   * @param seeds gives a stream to the shuffles, then one to the draws
   */
  FittingInDouble(Rows x, Mask mask, Vae vae, FitSettings settings, SplittableRandom seeds) {
    this.vae = vae;
    this.minibatches = new Minibatches(x, mask, settings.batchSize(), seeds.split());
    this.steps = new AlternatingSteps(settings.steps(), vae, seeds.split());
  }

  @Override
  public Loss round(double learningRate) {
    return steps.round(minibatches.next(), learningRate);
  }

  @Override
  public Vae vae() {
    return vae;
  }

  @Override
  public boolean finite() {
    return vae.parameters().finite();
  }
}
