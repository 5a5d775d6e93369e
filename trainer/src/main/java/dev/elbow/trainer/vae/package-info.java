/**
 * The variational autoencoder in EJML, written as its equations are: every gradient stands beside
 * its forward pass, with the equation's number in {@code docs/math.md} above it. It knows nothing
 * of data sources, files, optimisers or exports. Start with {@link dev.elbow.trainer.vae.Elbo}.
 */
@NullMarked
package dev.elbow.trainer.vae;

import org.jspecify.annotations.NullMarked;
