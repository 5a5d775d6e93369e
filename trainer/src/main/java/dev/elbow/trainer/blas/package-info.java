/**
 * The products of matrices that a training spends its time in: one interface, OpenBLAS behind it
 * where its library can be loaded and passes a check, EJML elsewhere. What is multiplied, and why,
 * is not here. Start with {@link dev.elbow.trainer.blas.MatrixMultiply}.
 */
@NullMarked
package dev.elbow.trainer.blas;

import org.jspecify.annotations.NullMarked;
