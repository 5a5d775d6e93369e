/**
 * The exemplar mixture that has a say in the score of single rows: maps of the sensors, one
 * covariance, exemplars, all found among the rows of the fit. It trains no network and reads no
 * data. Start with {@link dev.elbow.trainer.mixture.MixtureFit}.
 */
@NullMarked
package dev.elbow.trainer.mixture;

import org.jspecify.annotations.NullMarked;
