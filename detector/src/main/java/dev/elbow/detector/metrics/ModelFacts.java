package dev.elbow.detector.metrics;

import java.time.Instant;

/**
 * What is told of the model that scores.
 *
 * @param bundle its id
 * @param threshold in nats
 * @param thresholdSupported whether its held-out rows were enough for the false-alarm rate it is
 *     set for
 * @param goldenError the largest difference between a golden score and the score on this machine,
 *     in nats
 * @param loaded since when it scores
 */
public record ModelFacts(
    String bundle,
    double threshold,
    boolean thresholdSupported,
    double goldenError,
    Instant loaded) {}
