package dev.elbow.detector.packing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
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
 * Several records of one partition as one, which never leaves this process.
 *
 * <p>Its value holds for each record: offset (8 bytes), time (8), the number of headers (4), the
 * name and the value of each, key and value; texts and bytes as a length (4), −1 for null, and so
 * many bytes.
 *
 * <p>A header with random bytes that nobody outside this process knows tells frames from records: a
 * record of the topic that claims to be a frame is none.
 */
public final class Frame {

  private static final String HEADER = "elbow.frame";

  private static final byte[] MARK = new byte[16];

  static {
    new SecureRandom().nextBytes(MARK);
  }

  private static final int NULL = -1;

  /** Offset, time, number of headers, and the lengths of key and value. */
  private static final int FIXED_BYTES = 2 * Long.BYTES + 3 * Integer.BYTES;

  private Frame() {}

  /**
   * Packs records.
   *
   * @param records consecutive ones of one partition, at least one; not modified
   * @param time of the frame, in milliseconds since the epoch, at least 0
   */
  static ConsumerRecord<byte[], byte[]> of(
      List<ConsumerRecord<byte[], byte[]>> records, long time) {
    int size = 0;
    for (ConsumerRecord<byte[], byte[]> record : records) {
      size = Math.addExact(size, sizeOf(record));
    }
    ByteBuffer bytes = ByteBuffer.allocate(size);
    for (ConsumerRecord<byte[], byte[]> record : records) {
      put(bytes, record);
    }
    ConsumerRecord<byte[], byte[]> first = records.get(0);
    return new ConsumerRecord<>(
        first.topic(),
        first.partition(),
        first.offset(),
        time,
        TimestampType.CREATE_TIME,
        NULL,
        size,
        null,
        bytes.array(),
        new RecordHeaders().add(HEADER, MARK),
        first.leaderEpoch());
  }

  /** What a record takes in a frame, in bytes. */
  static int sizeOf(ConsumerRecord<byte[], byte[]> record) {
    int size = FIXED_BYTES + length(record.key()) + length(record.value());
    for (Header header : record.headers()) {
      size += 2 * Integer.BYTES + header.key().getBytes(UTF_8).length + length(header.value());
    }
    return size;
  }

  /** Whether a record with these headers is a frame. */
  public static boolean isFrame(Headers headers) {
    Header mark = headers.lastHeader(HEADER);
    return mark != null && Arrays.equals(mark.value(), MARK);
  }

  /**
   * Unpacks a frame.
   *
   * @param value of a record that {@linkplain #isFrame is one}; not modified
   * @return its records, in order
   */
  public static List<PackedRecord> unpack(byte[] value) {
    ByteBuffer bytes = ByteBuffer.wrap(value);
    List<PackedRecord> records = new ArrayList<>();
    while (bytes.hasRemaining()) {
      records.add(record(bytes));
    }
    return records;
  }

  private static void put(ByteBuffer bytes, ConsumerRecord<byte[], byte[]> record) {
    Header[] headers = record.headers().toArray();
    bytes.putLong(record.offset()).putLong(RecordTime.of(record)).putInt(headers.length);
    for (Header header : headers) {
      put(bytes, header.key().getBytes(UTF_8));
      put(bytes, header.value());
    }
    put(bytes, record.key());
    put(bytes, record.value());
  }

  private static PackedRecord record(ByteBuffer bytes) {
    long offset = bytes.getLong();
    long time = bytes.getLong();
    int count = bytes.getInt();
    Headers headers = new RecordHeaders();
    for (int i = 0; i < count; i++) {
      String name = new String(Optional.ofNullable(bytes(bytes)).orElseThrow(), UTF_8);
      headers.add(name, bytes(bytes));
    }
    return new PackedRecord(offset, new Record<>(bytes(bytes), bytes(bytes), time, headers));
  }

  private static int length(byte @Nullable [] field) {
    return field == null ? 0 : field.length;
  }

  private static void put(ByteBuffer bytes, byte @Nullable [] field) {
    bytes.putInt(field == null ? NULL : field.length);
    if (field != null) {
      bytes.put(field);
    }
  }

  private static byte @Nullable [] bytes(ByteBuffer bytes) {
    int length = bytes.getInt();
    if (length == NULL) {
      return null;
    }
    byte[] field = new byte[length];
    bytes.get(field);
    return field;
  }
}
