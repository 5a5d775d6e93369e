package dev.elbow.benchmarks.quality;

/**
 * A fault whose culprit is known, and where the blame fell.
 *
 * @param set where
 * @param family of the set
 * @param fault what it was, for people
 * @param raised whether the bundle's rule told of one of its rows at least
 * @param sensors how many the model has
 * @param rank of the guilty sensor among the contributions as an event publishes them, from 1; of
 *     several guilty ones the best
 * @param rankByZ of the same by |z| in the same row
 */
record Explained(
    String set, String family, String fault, boolean raised, int sensors, int rank, int rankByZ) {}
