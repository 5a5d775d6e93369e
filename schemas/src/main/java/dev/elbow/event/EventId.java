package dev.elbow.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Ids by which whoever reads an event twice can tell. */
final class EventId {

  private static final int BYTES = 16;

  private EventId() {}

  /**
   * The first 16 bytes, in lower-case hex, of the SHA-256 of topic, partition, offset and what
   * follows in UTF-8, each on a line of its own without a last line feed.
   */
  static String of(Coordinates source, String... more) {
    String text =
        Stream.concat(
                Stream.of(
                    source.topic(),
                    Integer.toString(source.partition()),
                    Long.toString(source.offset())),
                Stream.of(more))
            .collect(Collectors.joining("\n"));
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
      return HexFormat.of().formatHex(Arrays.copyOf(digest, BYTES));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
