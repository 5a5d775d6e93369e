/**
 * How good scores are against labels, beside simple detectors on the same rows. Nothing here takes
 * part in training. Start with {@link dev.elbow.trainer.evaluate.Evaluator}.
 *
 * <p>There is no point-adjusted F1: it counts a whole event as found row by row once one row of it
 * alarms, so that random scores do well by it (Kim et al. 2022, arXiv 2109.05257).
 */
@NullMarked
package dev.elbow.trainer.evaluate;

import org.jspecify.annotations.NullMarked;
