package dev.elbow.detector.packing;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.processor.TimestampExtractor;

/**
 * A record's own timestamp, and the epoch for one that has none: Kafka Streams' own extractors stop
 * at such a record or skip it.
 */
public final class RecordTime implements TimestampExtractor {

  @Override
  public long extract(ConsumerRecord<Object, Object> record, long partitionTime) {
    return of(record);
  }

  /**
   * Observations of this time or later, and those behind the first of them, come after an
   * acknowledgement, where both are read.
   *
   * @param acknowledgement its record
   * @return in milliseconds since the epoch
   */
  public static long after(ConsumerRecord<?, ?> acknowledgement) {
    return MergeOrder.LAST_IN_TICK.timeOf(of(acknowledgement)) + 1;
  }

  /** In milliseconds since the epoch, at least 0. */
  static long of(ConsumerRecord<?, ?> record) {
    return Math.max(0, record.timestamp());
  }
}
