/** A training run from data to a bundle. Start with TrainingRun, which tells it on one screen. */
@NullMarked
package dev.elbow.trainer;

import org.jspecify.annotations.NullMarked;
