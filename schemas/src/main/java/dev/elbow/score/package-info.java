/**
 * The score, defined once: the negative evidence lower bound of an observation under a variational
 * model, in nats. It holds the arithmetic and the two interfaces a model fills, and knows nothing
 * of Kafka, files, EJML or ONNX. Start with {@link dev.elbow.score.NegativeElbo}.
 */
@NullMarked
package dev.elbow.score;

import org.jspecify.annotations.NullMarked;
