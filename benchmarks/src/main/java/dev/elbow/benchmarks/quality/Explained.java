package dev.elbow.benchmarks.quality;

import java.util.Optional;

/**
 * A fault whose culprit is known, and where the blame fell.
 *
 * @param set where
 * @param family of the set
 * @param fault what it was, for people
 * @param sensors how many the model has
 * @param highestRow in the row with the highest score
 * @param episode over the rows that the bundle's rule told of because of the fault; empty if there
 *     are none
 */
record Explained(
    String set,
    String family,
    String fault,
    int sensors,
    Places highestRow,
    Optional<Places> episode) {

  /** Whether the fault was told of. */
  boolean isRaised() {
    return episode.isPresent();
  }
}
