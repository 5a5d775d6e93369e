/**
 * What travels through Kafka: observations, acknowledgements and activations in, anomalies,
 * rejections and scores out, and the JSON of each, and observations as Avro. It knows nothing of
 * Kafka's clients or models; the published schemas lie beside it under {@code dev/elbow/schema}.
 * Start with {@link dev.elbow.event.Observation} and {@link dev.elbow.event.ObservationJson}.
 */
@NullMarked
package dev.elbow.event;

import org.jspecify.annotations.NullMarked;
