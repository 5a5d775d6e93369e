package dev.elbow.benchmarks.quality;

/**
 * Where the guilty sensor stands among all; of several guilty ones the best of them.
 *
 * @param byContribution ranked as an event ranks them, from 1
 * @param byZ ranked by |z| in the same rows, from 1
 */
record Places(int byContribution, int byZ) {}
