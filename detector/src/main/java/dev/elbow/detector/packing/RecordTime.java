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

  /** In milliseconds since the epoch, at least 0. */
  static long of(ConsumerRecord<?, ?> record) {
    return Math.max(0, record.timestamp());
  }
}
