/**
 * The prior that the score of a trained autoencoder measures its posteriors against: N(0, I), or
 * exemplars chosen among the rows of the fit. It trains nothing and reads no data. Start with
 * {@link dev.elbow.trainer.prior.ExemplarFit}.
 */
@NullMarked
package dev.elbow.trainer.prior;

import org.jspecify.annotations.NullMarked;
