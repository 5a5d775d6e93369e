package dev.elbow.detector.entity;

import java.time.Duration;
import java.util.Optional;

/**
 * When an entity that is not heard of counts as silent, and when it is forgotten.
 *
 * @param steps after how many of its usual steps, positive; 0: never
 * @param least but not before this
 * @param forget how long an entity is remembered that is not heard of
 */
public record SilenceRule(double steps, Duration least, Duration forget) {

  /** How long an entity of that usual step may be quiet; empty: for ever. */
  Optional<Duration> patience(Duration usualStep) {
    if (steps == 0) {
      return Optional.empty();
    }
    Duration several = Duration.ofNanos((long) (usualStep.toNanos() * steps));
    return Optional.of(several.compareTo(least) > 0 ? several : least);
  }
}
