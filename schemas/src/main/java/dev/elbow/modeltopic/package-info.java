/**
 * What stands on the models topic: bundles in chunks, activations, and which bundle they come to
 * for an entity and a time. It knows nothing of Kafka's clients and nothing of what is in a bundle.
 * Start with {@link dev.elbow.modeltopic.ModelRecord} and {@link dev.elbow.modeltopic.Timeline}.
 */
@NullMarked
package dev.elbow.modeltopic;

import org.jspecify.annotations.NullMarked;
