package dev.elbow.event;

/**
 * Where a record lies in Kafka.
 *
 * @param topic its topic
 * @param partition at least 0
 * @param offset at least 0
 */
public record Coordinates(String topic, int partition, long offset) {

  /**
   * @throws IllegalArgumentException if the partition or the offset is negative
   */
  public Coordinates {
    if (partition < 0 || offset < 0) {
      throw new IllegalArgumentException(
          "coordinates: expected partition and offset of at least 0, found %s-%d@%d"
              .formatted(topic, partition, offset));
    }
  }

  /** {@code topic-partition@offset}, as logs write it. */
  @Override
  public String toString() {
    return topic + "-" + partition + "@" + offset;
  }
}
