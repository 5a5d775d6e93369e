/**
 * The Kafka Streams detector: configuration, life cycle and the wiring of its packages. Start with
 * Detector.
 */
@NullMarked
package dev.elbow.detector;

import org.jspecify.annotations.NullMarked;
