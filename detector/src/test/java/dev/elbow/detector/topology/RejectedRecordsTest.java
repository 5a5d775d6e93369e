package dev.elbow.detector.topology;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.elbow.event.Coordinates;
import dev.elbow.event.Rejection;
import dev.elbow.event.RejectionReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RejectedRecordsTest {

  private static final int MAX_BYTES = 2000;
  private static final Coordinates SOURCE = new Coordinates("observations", 3, 81234);

  private final Path directory;
  private final RejectedRecords rejected;

  RejectedRecordsTest(@TempDir Path directory) {
    this.directory = directory;
    this.rejected = new RejectedRecords(MAX_BYTES, new KeptRecords(directory));
  }

  @Test
  void keepsKeyValueAndHeadersAsTheyWere() {
    byte[] value = {0, 1, (byte) 0xFF};

    Record<byte[], byte[]> record = reject("pump-7".getBytes(UTF_8), value);

    assertThat(record.key()).asString(UTF_8).isEqualTo("pump-7");
    assertThat(record.value()).isSameAs(value);
    assertThat(record.headers().lastHeader("trace").value()).isEqualTo(new byte[] {7});
    assertThat(text(record, Rejection.REASON)).contains("oversized");
    assertThat(text(record, Rejection.KEPT_AT)).isEmpty();
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void keepsValueOnDiskThatTheTopicWouldNotTake() throws IOException {
    byte[] value = new byte[MAX_BYTES];

    Record<byte[], byte[]> record = reject("pump-7".getBytes(UTF_8), value);

    Path place = Path.of(text(record, Rejection.KEPT_AT).orElseThrow());
    assertThat(record.key()).asString(UTF_8).isEqualTo("pump-7");
    assertThat(record.value()).isEmpty();
    assertThat(record.headers().lastHeader("trace").value()).isEqualTo(new byte[] {7});
    assertThat(place).isEqualTo(directory.resolve("observations-3@81234-1000"));
    assertThat(place.resolve("key")).hasContent("pump-7");
    assertThat(place.resolve("value")).hasBinaryContent(value);
    assertThat(Files.readString(place.resolve("headers"))).isEqualTo("dHJhY2U= Bw==\nZW1wdHk=\n");
  }

  @Test
  void keepsLargeKeyAsWell() {
    byte[] key = new byte[MAX_BYTES];

    Record<byte[], byte[]> record = reject(key, null);

    Path place = Path.of(text(record, Rejection.KEPT_AT).orElseThrow());
    assertThat(record.key()).isEmpty();
    assertThat(record.headers().lastHeader("trace")).isNull();
    assertThat(place.resolve("key")).hasBinaryContent(key);
    assertThat(place.resolve("value")).doesNotExist();
  }

  @Test
  void replacesWhatItKeptOfTheSameRecordBefore() {
    reject("pump-7".getBytes(UTF_8), new byte[MAX_BYTES]);

    Record<byte[], byte[]> again = reject("pump-7".getBytes(UTF_8), new byte[MAX_BYTES + 1]);

    Path place = Path.of(text(again, Rejection.KEPT_AT).orElseThrow());
    assertThat(place.resolve("value")).hasBinaryContent(new byte[MAX_BYTES + 1]);
    assertThat(directory).isDirectoryContaining(path -> path.equals(place));
  }

  private Record<byte[], byte[]> reject(byte[] key, byte @Nullable [] value) {
    RecordHeaders headers = new RecordHeaders();
    headers.add("trace", new byte[] {7});
    headers.add("empty", null);
    return rejected.of(
        new SourceRecord(new Record<>(key, value, 1000, headers), SOURCE),
        new Rejection(
            RejectionReason.OVERSIZED,
            "too large",
            SOURCE,
            Instant.ofEpochMilli(1000),
            "0".repeat(64),
            Optional.empty()));
  }

  private static Optional<String> text(Record<byte[], byte[]> record, String header) {
    return Optional.ofNullable(record.headers().lastHeader(header))
        .map(found -> new String(found.value(), UTF_8));
  }
}
