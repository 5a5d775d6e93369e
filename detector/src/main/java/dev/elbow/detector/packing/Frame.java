package dev.elbow.detector.packing;

import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Several records of one partition that travel as one through Kafka Streams, which hands headers on
 * as they are: the frame is a header, and holds the records themselves, not copies.
 *
 * <p>It never leaves this process, and no record of a topic can claim to be one: what comes from a
 * broker is another kind of header.
 */
public final class Frame implements Header {

  private static final String NAME = "elbow.frame";

  private static final byte[] NO_BYTES = new byte[0];

  private List<ConsumerRecord<byte[], byte[]>> records;

  private Frame(List<ConsumerRecord<byte[], byte[]>> records) {
    this.records = records;
  }

  /**
   * Packs records.
   *
   * @param records consecutive ones of one partition, at least one
   * @param time of the frame, in milliseconds since the epoch, at least 0
   * @param bytes how many they have
   */
  static ConsumerRecord<byte[], byte[]> of(
      List<ConsumerRecord<byte[], byte[]>> records, long time, int bytes) {
    ConsumerRecord<byte[], byte[]> first = records.get(0);
    return new ConsumerRecord<>(
        first.topic(),
        first.partition(),
        first.offset(),
        time,
        TimestampType.CREATE_TIME,
        0,
        bytes,
        NO_BYTES,
        NO_BYTES,
        new RecordHeaders().add(new Frame(List.copyOf(records))),
        first.leaderEpoch());
  }

  /** What a record counts for in a frame, in bytes. */
  static int sizeOf(ConsumerRecord<byte[], byte[]> record) {
    int size = length(record.key()) + length(record.value());
    for (Header header : record.headers()) {
      size += header.key().length() + length(header.value());
    }
    return size;
  }

  private static int length(byte @Nullable [] field) {
    return field == null ? 0 : field.length;
  }

  /** The frame that a record with these headers is; empty if it is a record of a topic. */
  public static Optional<Frame> in(Headers headers) {
    return headers.lastHeader(NAME) instanceof Frame frame ? Optional.of(frame) : Optional.empty();
  }

  /** Its records, in order; none once they are released. */
  public List<PackedRecord> records() {
    return records.stream()
        .map(
            record ->
                new PackedRecord(
                    record.offset(),
                    new Record<>(
                        record.key(), record.value(), RecordTime.of(record), record.headers())))
        .toList();
  }

  /**
   * Lets the records go, when all that follows from them has been sent. The caches of the stores
   * keep the headers of the record that wrote an entry last, and would keep a frame for each.
   */
  public void release() {
    records = List.of();
  }

  @Override
  public String key() {
    return NAME;
  }

  @Override
  public byte[] value() {
    return NO_BYTES;
  }
}
