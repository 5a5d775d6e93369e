package dev.elbow.detector.topology;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Base64;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Records that the rejections topic would not take, on disk: one directory each, named by
 * coordinates and timestamp, with the files {@code key} and {@code value}, absent where null, and
 * {@code headers}, a line each: name and value in Base64, or the name alone where the value is
 * null.
 *
 * <p>A record is on disk, not only in a cache, before {@link #keep} returns. Keeping it again, as
 * after a crash, replaces it.
 */
public final class KeptRecords {

  private final Path directory;

  /**
   * @param directory created when it is first needed
   */
  public KeptRecords(Path directory) {
    this.directory = directory.toAbsolutePath();
  }

  /**
   * @return where the record lies
   * @throws UncheckedIOException if it cannot be written; the stream must stop then
   */
  Path keep(SourceRecord source) {
    Path place = directory.resolve(source.coordinates() + "-" + source.record().timestamp());
    try {
      Files.createDirectories(place);
      write(place, "key", source.record().key());
      write(place, "value", source.record().value());
      write(place, "headers", lines(source.record().headers()));
      flushDirectory(place);
      flushDirectory(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(
          place + ": a rejected record cannot be kept; make room and start again", e);
    }
    return place;
  }

  private static void write(Path place, String name, byte @Nullable [] content) throws IOException {
    Path file = place.resolve(name);
    if (content == null) {
      Files.deleteIfExists(file);
      return;
    }
    Path unfinished = place.resolve(name + ".part");
    try (FileChannel channel =
        FileChannel.open(
            unfinished,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer bytes = ByteBuffer.wrap(content);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private static byte[] lines(Headers headers) {
    StringBuilder lines = new StringBuilder();
    Base64.Encoder base64 = Base64.getEncoder();
    for (Header header : headers) {
      lines.append(base64.encodeToString(header.key().getBytes(UTF_8)));
      if (header.value() != null) {
        lines.append(' ').append(base64.encodeToString(header.value()));
      }
      lines.append('\n');
    }
    return lines.toString().getBytes(US_ASCII);
  }

  /** A file's name is on disk only once its directory is. */
  private static void flushDirectory(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
