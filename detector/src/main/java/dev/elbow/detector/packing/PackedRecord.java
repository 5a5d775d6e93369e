package dev.elbow.detector.packing;

import org.apache.kafka.streams.processor.api.Record;

/**
 * A record that came in a frame, as it was before it was packed.
 *
 * @param offset where it lies in its partition
 * @param record its key, value, headers and time
 */
public record PackedRecord(long offset, Record<byte[], byte[]> record) {}
