package dev.elbow.detector.entity;

import dev.elbow.event.Coordinates;

/**
 * The partition a task reads.
 *
 * @param topic its topic
 * @param number at least 0
 */
public record Partition(String topic, int number) {

  Coordinates record(long offset) {
    return new Coordinates(topic, number, offset);
  }
}
