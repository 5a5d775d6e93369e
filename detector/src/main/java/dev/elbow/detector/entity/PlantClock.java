package dev.elbow.detector.entity;

import java.time.Duration;
import java.time.Instant;

/**
 * What time it is for the entities of a task: that of the newest observation, and when no more
 * come, as much later as has gone by since.
 *
 * <p>So in a replay of last year's data it is last year, whatever the wall clock says, and silences
 * in it are found where they were; and a stream that has dried up altogether is noticed, too.
 */
public final class PlantClock {

  private Instant newest;
  private Duration since = Duration.ZERO;

  /**
   * @param newest of the observations known so far
   */
  public PlantClock(Instant newest) {
    this.newest = newest;
  }

  /**
   * An observation has come.
   *
   * @param observed what it says of when it was made
   * @param wallClock no later than this: nothing is observed before it happens, and one wrong date
   *     must not make all other entities silent
   */
  public void observation(Instant observed, Instant wallClock) {
    Instant plausible = observed.isAfter(wallClock) ? wallClock : observed;
    newest = plausible.isAfter(newest) ? plausible : newest;
    since = Duration.ZERO;
  }

  /** So much time has gone by and no observation has come. */
  public void quiet(Duration time) {
    since = since.plus(time);
  }

  /** The time. */
  public Instant now() {
    return newest.plus(since);
  }
}
