/**
 * From the scores of held-out rows to the threshold that keeps a stated false-alarm rate. Scoring
 * and the choice of the rows are not here. Start with {@link
 * dev.elbow.trainer.calibrate.Thresholds}.
 */
@NullMarked
package dev.elbow.trainer.calibrate;

import org.jspecify.annotations.NullMarked;
