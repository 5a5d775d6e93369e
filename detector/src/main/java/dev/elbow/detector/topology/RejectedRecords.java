package dev.elbow.detector.topology;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.elbow.event.Rejection;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Makes the records of the rejections topic: the original key, value and headers byte for byte, and
 * headers that say why and where from.
 *
 * <p>A record that the topic would not take is kept on disk first, and what is sent says where. So
 * no rejected record is lost and none stops the stream.
 */
public final class RejectedRecords {

  /**
   * What a record can take on the wire beside its key, value and headers: a batch's header of 61
   * bytes, and at most 21 for the record's lengths, deltas and attributes; rounded up.
   */
  private static final int OVERHEAD_BYTES = 128;

  /** What a header or a field can take beside its bytes: two lengths of at most 5 bytes. */
  private static final int FIELD_OVERHEAD_BYTES = 10;

  private final int maxBytes;
  private final KeptRecords kept;

  /**
   * @param maxBytes the largest batch of records the topic takes ({@code max.message.bytes})
   * @param kept where to put what is larger
   */
  public RejectedRecords(int maxBytes, KeptRecords kept) {
    this.maxBytes = maxBytes;
    this.kept = kept;
  }

  Record<byte[], byte[]> of(SourceRecord source, Rejection rejection) {
    Record<byte[], byte[]> original = source.record();
    Record<byte[], byte[]> whole = original.withHeaders(headers(original.headers(), rejection));
    if (size(whole) <= maxBytes) {
      return whole;
    }
    Path place = kept.keep(source);
    Rejection pointing =
        new Rejection(
            rejection.reason(),
            rejection.detail(),
            rejection.source(),
            rejection.timestamp(),
            rejection.model(),
            Optional.of(place.toString()));
    Record<byte[], byte[]> withoutValue =
        original.withHeaders(headers(original.headers(), pointing)).withValue(new byte[0]);
    return size(withoutValue) <= maxBytes
        ? withoutValue
        : withoutValue.withKey(new byte[0]).withHeaders(headers(new RecordHeaders(), pointing));
  }

  private static Headers headers(Headers original, Rejection rejection) {
    Headers headers = new RecordHeaders(original);
    rejection.headers().forEach((name, text) -> headers.add(name, text.getBytes(UTF_8)));
    return headers;
  }

  /** At least what the record takes on the wire. */
  private static long size(Record<byte[], byte[]> record) {
    long size = OVERHEAD_BYTES + field(record.key()) + field(record.value());
    for (Header header : record.headers()) {
      size += field(header.key().getBytes(UTF_8)) + field(header.value());
    }
    return size;
  }

  private static long field(byte @Nullable [] bytes) {
    return FIELD_OVERHEAD_BYTES + (bytes == null ? 0L : bytes.length);
  }
}
