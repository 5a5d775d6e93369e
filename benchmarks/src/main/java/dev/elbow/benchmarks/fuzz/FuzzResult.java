package dev.elbow.benchmarks.fuzz;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What came of one run.
 *
 * @param run which one
 * @param tallies by what was done to the records
 * @param took from the detector's start to the last outcome
 * @param longestPause between outcomes
 * @param stalled whether outcomes ceased to come before every record had one
 * @param acknowledgements what the detector says has become of those
 * @param discrepancies where the metrics do not add up
 */
record FuzzResult(
    String run,
    Map<String, Tally> tallies,
    Duration took,
    Duration longestPause,
    boolean stalled,
    Metrics.Acknowledgements acknowledgements,
    List<String> discrepancies) {

  long records() {
    return tallies.values().stream().mapToLong(Tally::records).sum();
  }

  /** Whether every record has its one outcome, and no sound one was rejected. */
  boolean isAsExpected() {
    Tally sound = tallies.getOrDefault(FuzzedInput.SOUND, new Tally());
    return !stalled
        && discrepancies.isEmpty()
        && !tallies.containsKey(Tally.NEVER_SENT)
        && tallies.values().stream().allMatch(Tally::addsUp)
        && sound.scored() > 0
        && sound.rejected() == 0;
  }
}
