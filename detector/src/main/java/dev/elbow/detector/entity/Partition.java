package dev.elbow.detector.entity;

import dev.elbow.event.Coordinates;

/**
 * The partition a task reads.
 *
 * @param topic its topic
 * @param number at least 0
 */
public record Partition(String topic, int number) {

  /** Where its record of that offset lies. */
  public Coordinates record(long offset) {
    return new Coordinates(topic, number, offset);
  }
}
