/**
 * The autoencoder of the package above in single precision: the build writes it, out of the same
 * lines, so there are no equations here to read or to change. Only what crosses between the two
 * precisions is written by hand. Start with {@link dev.elbow.trainer.vae.single.SingleVae}.
 */
@NullMarked
package dev.elbow.trainer.vae.single;

import org.jspecify.annotations.NullMarked;
