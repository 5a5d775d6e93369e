package dev.elbow.alarm;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * When a sensor that repeats itself is stuck. A stuck sensor looks likely, often likelier than one
 * that lives, so its score does not tell. But one that in training never read the same more than
 * seven times in a row does not do so fifty times.
 *
 * <p>Training learns the longest run of exactly equal values of each sensor, n rows. A sensor is
 * stuck in a run of more than 3 n + 20 rows.
 *
 * <p><b>False alarms.</b> Of R runs in training the longest leaves about 1/R of their distribution
 * beyond it. Where a run goes on with a fixed chance, or a falling one, three times that length
 * leaves 1/R³, and over as much data as training had 1/R² false alarms are to be expected per
 * sensor; the margin makes them fewer still where runs are short. Where long runs are commoner,
 * with a tail like 1/n², it is one in nine times as much data. A sensor of fewer than {@value
 * #LEAST_RUNS} runs tells too little of its tail and is never stuck: one that was constant, or a
 * set point that hardly changed.
 *
 * @param longestRuns n of each sensor, in rows; 0 for one that is never stuck
 */
public record FlatLine(List<Integer> longestRuns) {

  /** A sensor needs as many runs in training. */
  public static final int LEAST_RUNS = 30;

  private static final int FACTOR = 3;

  private static final int MARGIN_ROWS = 20;

  /**
   * @throws IllegalArgumentException if a number is negative
   */
  public FlatLine {
    longestRuns = List.copyOf(longestRuns);
    if (longestRuns.stream().anyMatch(rows -> rows < 0)) {
      throw new IllegalArgumentException(
          "longest runs: expected numbers of at least 0, found " + longestRuns);
    }
  }

  /** No sensor is ever stuck. */
  public static FlatLine never(int sensors) {
    return new FlatLine(Collections.nCopies(sensors, 0));
  }

  /** The longest run of sensor {@code d} that is not yet stuck, in rows. */
  public long limit(int d) {
    long longest = longestRuns.get(d);
    return longest == 0 ? Long.MAX_VALUE : FACTOR * longest + MARGIN_ROWS;
  }

  /** The sensors that are stuck after a row and were not before it. */
  public List<Integer> onsets(Runs before, Runs after) {
    List<Integer> onsets = new ArrayList<>();
    for (int d = 0; d < longestRuns.size(); d++) {
      if (isStuck(after, d) && !isStuck(before, d)) {
        onsets.add(d);
      }
    }
    return onsets;
  }

  /** How many sensors are stuck. */
  public int stuck(Runs runs) {
    int stuck = 0;
    for (int d = 0; d < longestRuns.size(); d++) {
      stuck += isStuck(runs, d) ? 1 : 0;
    }
    return stuck;
  }

  /** Asked of every value of every record; no limit is below the margin, which tells of most. */
  private boolean isStuck(Runs runs, int d) {
    return runs.rows(d) > MARGIN_ROWS && runs.rows(d) > limit(d);
  }
}
