package dev.elbow.detector.topology;

import dev.elbow.event.Coordinates;
import java.time.Instant;
import org.apache.kafka.streams.processor.api.Record;

/**
 * A record of the observations topic and where it lies.
 *
 * @param record key and value as bytes, either of which may be null
 * @param coordinates where it lies
 */
record SourceRecord(Record<byte[], byte[]> record, Coordinates coordinates) {

  Instant timestamp() {
    return Instant.ofEpochMilli(record.timestamp());
  }
}
