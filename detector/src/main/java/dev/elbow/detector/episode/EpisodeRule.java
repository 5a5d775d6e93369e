package dev.elbow.detector.episode;

import java.time.Duration;
import java.util.Optional;

/**
 * When an episode is over, and how often it is told of while it lasts.
 *
 * @param gap how long an entity must have been as usual, in its own time, not negative
 * @param rows and for how many rows in a row, at least 1
 * @param update how long an episode lasts, in the entity's time, until it is told of again
 * @param blamed how many sensors an event names at most, at least 0
 */
public record EpisodeRule(Duration gap, int rows, Duration update, int blamed) {

  /**
   * How long it takes an entity to show that it is as usual again. Not scored for so long, it
   * counts as silent.
   *
   * @param usualStep the usual time from one of its rows to the next, as far as known
   */
  Duration patience(Optional<Duration> usualStep) {
    Duration several = usualStep.map(step -> step.multipliedBy(rows)).orElse(Duration.ZERO);
    return several.compareTo(gap) > 0 ? several : gap;
  }
}
