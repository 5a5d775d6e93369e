package dev.elbow.benchmarks.training;

/**
 * What one process measured.
 *
 * @param samplesPerSecond rows that went through a round of both steps, per second of processor
 *     time of the thread that did it
 * @param engine who computed, for people
 */
record Speed(double samplesPerSecond, String engine) {}
