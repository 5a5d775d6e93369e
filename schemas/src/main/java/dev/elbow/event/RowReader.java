package dev.elbow.event;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Reads records straight into rows. It reuses what it needs from one record to the next, so it is
 * not safe for use by several threads.
 */
@FunctionalInterface
public interface RowReader {

  /** A time that no record has: the fallback of whoever has none. */
  Instant NO_TIME = Instant.MIN;

  /**
   * Reads a record. Never throws for anything a record may hold.
   *
   * @param key the record's key; not modified
   * @param value the record's value; not modified
   * @param recordTimestamp the timestamp to fall back to
   */
  DecodedRow read(byte @Nullable [] key, byte @Nullable [] value, Instant recordTimestamp);
}
