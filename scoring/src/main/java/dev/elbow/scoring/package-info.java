/**
 * Scoring a bundle: its networks run by ONNX Runtime, its numbers applied by the one definition of
 * the score. This package is the only user of ONNX Runtime. Start with Scorer.
 */
@NullMarked
package dev.elbow.scoring;

import org.jspecify.annotations.NullMarked;
