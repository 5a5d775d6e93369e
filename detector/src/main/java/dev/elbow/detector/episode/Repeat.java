package dev.elbow.detector.episode;

import dev.elbow.event.Episode;
import dev.elbow.event.EpisodeJson;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * An event that may have to be told again.
 *
 * @param position the offset of the record that led to it, or of the one after it where none did
 * @param number of the event among those of its entity
 * @param event as it was told
 */
record Repeat(long position, int number, Episode event) {

  private static final byte VERSION = 1;

  /** The version of this form, the position, the number and the event's JSON. */
  byte[] toBytes() {
    byte[] json = EpisodeJson.encode(event);
    return ByteBuffer.allocate(1 + Long.BYTES + Integer.BYTES + json.length)
        .put(VERSION)
        .putLong(position)
        .putInt(number)
        .put(json)
        .array();
  }

  /** Empty if another release has written it in a form of its own. */
  static Optional<Repeat> read(byte[] stored) {
    ByteBuffer bytes = ByteBuffer.wrap(stored);
    if (bytes.get() != VERSION) {
      return Optional.empty();
    }
    long position = bytes.getLong();
    int number = bytes.getInt();
    byte[] json = new byte[bytes.remaining()];
    bytes.get(json);
    return Optional.of(new Repeat(position, number, EpisodeJson.decode(json)));
  }
}
