package dev.elbow.trainer.data;

import dev.elbow.input.InvalidInputException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;

/** What a data file is, by its first bytes: what its name says does not count. */
enum FileKind {
  CSV("CSV"),
  JSON_LINES("JSON lines"),
  AVRO("Avro");

  private static final byte[] GZIP = {0x1F, (byte) 0x8B};
  private static final byte[] AVRO_MAGIC = {'O', 'b', 'j', 1};
  private static final byte[] PARQUET = {'P', 'A', 'R', '1'};
  private static final byte[] ZIP = {'P', 'K', 3, 4};
  private static final byte[] ZSTANDARD = {0x28, (byte) 0xB5, 0x2F, (byte) 0xFD};

  /** Blanks and a byte order mark may stand before what tells. */
  private static final int LOOK_AHEAD = 512;

  private static final int BUFFER = 1 << 16;

  private final String text;

  FileKind(String text) {
    this.text = text;
  }

  /** As messages have it. */
  String text() {
    return text;
  }

  /**
   * Looks into a file, compressed by gzip or not.
   *
   * @throws InvalidInputException if it cannot be read or is of a kind that is not
   */
  static FileKind of(Path file) {
    try (InputStream bytes = uncompressed(Files.newInputStream(file))) {
      return of(file, bytes.readNBytes(LOOK_AHEAD));
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private static FileKind of(Path file, byte[] head) {
    if (startsWith(head, AVRO_MAGIC)) {
      return AVRO;
    }
    if (startsWith(head, PARQUET)) {
      throw notRead(file, "Parquet");
    }
    if (startsWith(head, ZIP)) {
      throw notRead(file, "zip");
    }
    if (startsWith(head, ZSTANDARD)) {
      throw notRead(file, "zstandard");
    }
    for (byte next : head) {
      if (next == '{') {
        return JSON_LINES;
      }
      if (next > ' ') {
        return CSV;
      }
    }
    return CSV;
  }

  private static InvalidInputException notRead(Path file, String kind) {
    return new InvalidInputException(
        "%s: a file of %s; expected CSV, JSON lines (either may be compressed by gzip) or an Avro"
                .formatted(file, kind)
            + " container file");
  }

  static InvalidInputException unreadable(Path file, IOException e) {
    String why = "cannot be read: " + e.getMessage();
    if (e instanceof NoSuchFileException) {
      why = "no such file";
    } else if (e instanceof AccessDeniedException) {
      why = "may not be read: permission denied";
    }
    return new InvalidInputException(file + ": " + why, e);
  }

  /** The bytes themselves, or what gzip made of them. */
  static InputStream uncompressed(InputStream file) throws IOException {
    BufferedInputStream bytes = new BufferedInputStream(file, BUFFER);
    bytes.mark(GZIP.length);
    boolean compressed = startsWith(bytes.readNBytes(GZIP.length), GZIP);
    bytes.reset();
    return compressed ? new GZIPInputStream(bytes, BUFFER) : bytes;
  }

  private static boolean startsWith(byte[] head, byte[] magic) {
    return head.length >= magic.length
        && Arrays.equals(head, 0, magic.length, magic, 0, magic.length);
  }
}
