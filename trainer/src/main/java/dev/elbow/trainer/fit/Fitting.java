package dev.elbow.trainer.fit;

import dev.elbow.trainer.vae.Loss;
import dev.elbow.trainer.vae.Vae;

/** A fit under way, in one precision or the other. */
interface Fitting {

  /** One round on the next minibatch; returns the loss as its last step found it. */
  Loss round(double learningRate);

  /** The autoencoder as it is after the last round; the next round changes it. */
  Vae vae();

  /** Whether every parameter is finite. */
  boolean finite();
}
