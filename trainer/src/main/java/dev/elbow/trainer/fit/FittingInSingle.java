package dev.elbow.trainer.fit;

import dev.elbow.score.Mask;
import dev.elbow.score.Rows;
import dev.elbow.trainer.fit.single.AlternatingSteps;
import dev.elbow.trainer.fit.single.Minibatches;
import dev.elbow.trainer.vae.Loss;
import dev.elbow.trainer.vae.Vae;
import dev.elbow.trainer.vae.single.SingleVae;
import java.util.SplittableRandom;

/**
 * A fit in single precision, in which the networks run later as well. Its parameters are handed to
 * an autoencoder in double precision when somebody asks for it.
 */
final class FittingInSingle implements Fitting {

  private final Vae vae;
  private final SingleVae single;
  private final Minibatches minibatches;
  private final AlternatingSteps steps;

  /**
   * @param vae where the fit starts, and what {@link #vae} returns
   * @param seeds gives a stream to the shuffles, then one to the draws
   */
  FittingInSingle(Rows x, Mask mask, Vae vae, FitSettings settings, SplittableRandom seeds) {
    this.vae = vae;
    this.single = SingleVae.of(vae);
    this.minibatches = new Minibatches(x, mask, settings.batchSize(), seeds.split());
    this.steps = new AlternatingSteps(settings.steps(), single, seeds.split());
  }

  @Override
  public Loss round(double learningRate) {
    return steps.round(minibatches.next(), (float) learningRate);
  }

  @Override
  public Vae vae() {
    single.copyTo(vae);
    return vae;
  }

  @Override
  public boolean finite() {
    return single.finite();
  }
}
