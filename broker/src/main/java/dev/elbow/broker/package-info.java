/**
 * A real single-node Kafka broker inside this process, for the demo, the tests and the benchmarks,
 * never for production. It knows nothing of observations or models. Start with {@link
 * dev.elbow.broker.EmbeddedBroker}.
 */
@NullMarked
package dev.elbow.broker;

import org.jspecify.annotations.NullMarked;
