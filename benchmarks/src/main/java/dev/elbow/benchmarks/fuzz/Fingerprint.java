package dev.elbow.benchmarks.fuzz;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.elbow.event.Rejection;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.zip.CRC32C;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

/** What tells whether a record's key, value and headers are those that were sent: a checksum. */
final class Fingerprint {

  private static final int NULL = -1;

  /** How many headers a rejection adds; one more if the record was kept on disk. */
  private static final int ADDED = 7;

  private final CRC32C sum = new CRC32C();

  private Fingerprint() {}

  static int of(
      byte @Nullable [] key, byte @Nullable [] value, Iterable<? extends Header> headers) {
    Fingerprint fingerprint = new Fingerprint();
    fingerprint.add(key);
    fingerprint.add(value);
    for (Header header : headers) {
      fingerprint.add(header.key().getBytes(UTF_8));
      fingerprint.add(header.value());
    }
    return (int) fingerprint.sum.getValue();
  }

  /**
   * Of the record that was rejected, as the rejection has it, or as it lies on disk.
   *
   * @throws IOException if it should lie on disk and does not
   */
  static int ofRejected(ConsumerRecord<byte[], byte[]> rejection) throws IOException {
    List<Header> headers = Arrays.asList(rejection.headers().toArray());
    Header last = headers.get(headers.size() - 1);
    return last.key().equals(Rejection.KEPT_AT)
        ? ofKept(Path.of(new String(last.value(), UTF_8)))
        : of(rejection.key(), rejection.value(), headers.subList(0, headers.size() - ADDED));
  }

  private static int ofKept(Path place) throws IOException {
    List<Header> headers = new ArrayList<>();
    for (String line : Files.readAllLines(place.resolve("headers"), US_ASCII)) {
      int blank = line.indexOf(' ');
      String name = blank < 0 ? line : line.substring(0, blank);
      headers.add(
          new RecordHeader(
              new String(Base64.getDecoder().decode(name), UTF_8),
              blank < 0 ? null : Base64.getDecoder().decode(line.substring(blank + 1))));
    }
    return of(read(place.resolve("key")), read(place.resolve("value")), headers);
  }

  private static byte @Nullable [] read(Path file) throws IOException {
    return Files.exists(file) ? Files.readAllBytes(file) : null;
  }

  private void add(byte @Nullable [] field) {
    int length = field == null ? NULL : field.length;
    sum.update(ByteBuffer.allocate(Integer.BYTES).putInt(length).flip());
    if (field != null) {
      sum.update(field);
    }
  }
}
