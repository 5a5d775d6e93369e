/**
 * Finds the parameters of a variational autoencoder: alternating descent, its optimiser,
 * minibatches and settings. Rows come in as model rows, a trained {@link dev.elbow.trainer.vae.Vae}
 * goes out; it reads and writes no files. Start with {@link dev.elbow.trainer.fit.AlternatingFit}.
 */
@NullMarked
package dev.elbow.trainer.fit;

import org.jspecify.annotations.NullMarked;
