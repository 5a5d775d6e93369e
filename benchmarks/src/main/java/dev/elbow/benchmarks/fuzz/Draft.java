package dev.elbow.benchmarks.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.Arrays;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/** A record on its way to be spoilt: mutations change its fields as they like. */
final class Draft {

  byte @Nullable [] key;
  byte @Nullable [] value;

  /** In milliseconds since the epoch, at least 0: Kafka's client sends no other. */
  long timestamp;

  final Headers headers = new RecordHeaders();

  /** What the value said before anything was done to it. */
  final Instant observed;

  final double[] row;

  /**
   * Without a value.
   *
   * @param row what the sensors read
   */
  Draft(String entity, Instant observed, double[] row) {
    this.key = entity.getBytes(UTF_8);
    this.timestamp = observed.toEpochMilli();
    this.observed = observed;
    this.row = row;
  }

  /** The value, nothing if there is none. */
  byte[] bytes() {
    return value == null ? new byte[0] : value;
  }

  /** Replaces what lies between two places of the value. */
  void replace(int from, int to, byte[] by) {
    byte[] old = bytes();
    byte[] changed = Arrays.copyOf(old, from + by.length + old.length - to);
    System.arraycopy(by, 0, changed, from, by.length);
    System.arraycopy(old, to, changed, from + by.length, old.length - to);
    value = changed;
  }
}
