/**
 * A real single-node Kafka broker inside this process, for the demo, the tests and the benchmarks,
 * never for production. Start with EmbeddedBroker.
 */
@NullMarked
package dev.elbow.broker;

import org.jspecify.annotations.NullMarked;
