/**
 * Scoring a bundle: its networks run by ONNX Runtime, its numbers applied by the one definition of
 * the score, after a gate that trusts neither. This package is the only user of ONNX Runtime and
 * knows nothing of Kafka or of training. Start with {@link dev.elbow.scoring.Scorer}.
 */
@NullMarked
package dev.elbow.scoring;

import org.jspecify.annotations.NullMarked;
