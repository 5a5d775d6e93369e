package dev.elbow.detector.entity;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * When an entity was last heard of, and how often it is.
 *
 * @param at by the {@link PlantClock}; an entity's own clock may be wrong
 * @param newest the latest time an observation of it was made, as it says itself
 * @param offset of its last record
 * @param stepSeconds the mean of its last steps by its own clock, in seconds; NaN before the second
 *     observation
 * @param steps how many steps that is the mean of, at most {@link #MOST_STEPS}
 * @param silent whether it has been quiet for too long, and somebody was told
 */
public record Hearing(
    Instant at, Instant newest, long offset, double stepSeconds, int steps, boolean silent) {

  /** Steps further back weigh less and less. */
  private static final int MOST_STEPS = 32;

  /** Fewer steps do not tell what is usual. */
  private static final int LEAST_STEPS = 8;

  private static final byte VERSION = 1;

  private static final int BYTES = 1 + 2 * (8 + 4) + 8 + 8 + 4 + 1;

  private static final double NANOS = 1e9;

  /**
   * Of an entity that has been heard of once.
   *
   * @param usualStep of entities like it, as far as known
   */
  static Hearing first(Instant at, Instant observed, long offset, Optional<Duration> usualStep) {
    return new Hearing(
        at,
        observed,
        offset,
        usualStep.map(Hearing::seconds).orElse(Double.NaN),
        usualStep.isPresent() ? LEAST_STEPS : 0,
        false);
  }

  /** After one more observation. The step that ends a silence is none of the usual ones. */
  Hearing next(Instant now, Instant observed, long nextOffset) {
    Instant latest = observed.isAfter(newest) ? observed : newest;
    if (silent || !observed.isAfter(newest)) {
      return new Hearing(now, latest, nextOffset, stepSeconds, steps, false);
    }
    int count = Math.min(MOST_STEPS, steps + 1);
    double step = seconds(Duration.between(newest, observed));
    double mean = steps == 0 ? step : stepSeconds + (step - stepSeconds) / count;
    return new Hearing(now, latest, nextOffset, mean, count, false);
  }

  Hearing fallenSilent() {
    return new Hearing(at, newest, offset, stepSeconds, steps, true);
  }

  /** The usual time from one observation to the next; empty while too little is known. */
  public Optional<Duration> usualStep() {
    return steps < LEAST_STEPS
        ? Optional.empty()
        : Optional.of(Duration.ofNanos((long) (stepSeconds * NANOS)));
  }

  private static double seconds(Duration duration) {
    return duration.getSeconds() + duration.getNano() / NANOS;
  }

  byte[] toBytes() {
    ByteBuffer bytes = ByteBuffer.allocate(BYTES).put(VERSION);
    put(bytes, at);
    put(bytes, newest);
    return bytes
        .putLong(offset)
        .putDouble(stepSeconds)
        .putInt(steps)
        .put((byte) (silent ? 1 : 0))
        .array();
  }

  /** Empty if another release has written it in a form of its own. */
  static Optional<Hearing> ofBytes(byte[] stored) {
    ByteBuffer bytes = ByteBuffer.wrap(stored);
    return bytes.get() == VERSION
        ? Optional.of(
            new Hearing(
                instant(bytes),
                instant(bytes),
                bytes.getLong(),
                bytes.getDouble(),
                bytes.getInt(),
                bytes.get() == 1))
        : Optional.empty();
  }

  private static void put(ByteBuffer bytes, Instant instant) {
    bytes.putLong(instant.getEpochSecond()).putInt(instant.getNano());
  }

  private static Instant instant(ByteBuffer bytes) {
    return Instant.ofEpochSecond(bytes.getLong(), bytes.getInt());
  }
}
