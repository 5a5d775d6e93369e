/**
 * What the detector tells about itself: metrics and health over HTTP. It is the only user of
 * Micrometer and knows nothing of Kafka or of models. Start with DetectionMetrics.
 */
@NullMarked
package dev.elbow.detector.metrics;

import org.jspecify.annotations.NullMarked;
