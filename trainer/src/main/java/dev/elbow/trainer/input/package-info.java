/**
 * What a model is to see: single rows or windows of a series, whitened or as they are, and the fit
 * of the whitening. The networks that see it are not here. Start with {@link
 * dev.elbow.trainer.input.InputChoice}.
 */
@NullMarked
package dev.elbow.trainer.input;

import org.jspecify.annotations.NullMarked;
