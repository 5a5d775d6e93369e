package dev.elbow.detector.entity;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * A row as it is kept: what the sensors read and how the entity stood after it. So every row tells
 * how to go on from it, and a record that comes again is judged as it was the first time.
 *
 * <p>As bytes, big-endian: the version of this form (1 byte); layout of the sensors (8), places
 * (4), rows (8), stretch (8), newest as seconds (8) and nanoseconds (4), offset (8); model (8),
 * smoothed (8); the two lists of offsets, each a number (4) and as many offsets (8); then 8 bytes
 * for each sensor, NaN where it was missing.
 */
final class KeptRow {

  private static final byte VERSION = 1;

  private static final int FIXED_BYTES = 1 + 8 + 4 + 8 + 8 + 8 + 4 + 8 + 8 + 8 + 4 + 4;

  private final EntityState after;
  private final List<Long> passed;
  private final double[] values;

  /**
   * @param passed offsets of the records between the row before and this one that were out of order
   * @param values D, engineering units, NaN = missing; shared
   */
  KeptRow(EntityState after, List<Long> passed, double[] values) {
    this.after = after;
    this.passed = passed;
    this.values = values;
  }

  /** How the entity stood after the row. */
  EntityState after() {
    return after;
  }

  /** Offsets of the records between the row before and this one that were out of order. */
  List<Long> passed() {
    return passed;
  }

  /** D values, engineering units, NaN = missing; shared. */
  double[] values() {
    return values;
  }

  byte[] toBytes() {
    Series series = after.series();
    Instant newest = series.newest();
    ByteBuffer bytes =
        ByteBuffer.allocate(
            FIXED_BYTES
                + Long.BYTES * (series.outOfOrder().size() + passed.size())
                + Double.BYTES * values.length);
    bytes
        .put(VERSION)
        .putLong(series.layout())
        .putInt(series.places())
        .putLong(series.rows())
        .putLong(series.stretch())
        .putLong(newest.getEpochSecond())
        .putInt(newest.getNano())
        .putLong(series.offset())
        .putLong(after.level().model())
        .putDouble(after.level().smoothed());
    put(bytes, series.outOfOrder());
    put(bytes, passed);
    bytes.asDoubleBuffer().put(values);
    return bytes.array();
  }

  private static void put(ByteBuffer bytes, List<Long> offsets) {
    bytes.putInt(offsets.size());
    offsets.forEach(bytes::putLong);
  }

  /** Empty if another release has written it in a form of its own. */
  static Optional<KeptRow> ofBytes(byte[] stored) {
    ByteBuffer bytes = ByteBuffer.wrap(stored);
    if (bytes.get() != VERSION) {
      return Optional.empty();
    }
    long layout = bytes.getLong();
    int places = bytes.getInt();
    long rows = bytes.getLong();
    long stretch = bytes.getLong();
    Instant newest = Instant.ofEpochSecond(bytes.getLong(), bytes.getInt());
    long offset = bytes.getLong();
    Level level = new Level(bytes.getLong(), bytes.getDouble());
    Series series = new Series(layout, places, rows, stretch, newest, offsets(bytes), offset);
    List<Long> passed = offsets(bytes);
    double[] values = new double[bytes.remaining() / Double.BYTES];
    bytes.asDoubleBuffer().get(values);
    return Optional.of(new KeptRow(new EntityState(series, level), passed, values));
  }

  private static List<Long> offsets(ByteBuffer bytes) {
    return LongStream.generate(bytes::getLong).limit(bytes.getInt()).boxed().toList();
  }
}
