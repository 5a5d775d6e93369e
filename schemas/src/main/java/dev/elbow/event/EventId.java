package dev.elbow.event;

import dev.elbow.identity.Sha256;
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
    return HexFormat.of().formatHex(Sha256.bytesOf(text), 0, BYTES);
  }
}
