package dev.elbow.detector.replay;

/**
 * What became of one published figure.
 *
 * @param field its name in the anomaly
 * @param published what the anomaly says
 * @param again what it comes to now
 * @param holds whether the two agree, within the tolerance where they are numbers of the score
 * @param ofHistory whether it depends on rows before the one that was scored
 */
public record Finding(
    String field, String published, String again, boolean holds, boolean ofHistory) {}
