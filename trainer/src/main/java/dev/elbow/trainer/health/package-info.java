/**
 * How healthy a trained model is: what its latents say, what its networks explain beyond
 * probabilistic PCA, whether a threshold keeps its promise. No label is needed and nothing here
 * changes a score. Start with {@link dev.elbow.trainer.health.ModelHealth}.
 */
@NullMarked
package dev.elbow.trainer.health;

import org.jspecify.annotations.NullMarked;
