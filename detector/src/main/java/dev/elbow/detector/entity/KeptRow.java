package dev.elbow.detector.entity;

import dev.elbow.alarm.AlarmState;
import dev.elbow.alarm.Runs;
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
 * (4), rows (8), stretch (8), newest as seconds (8) and nanoseconds (4), offset (8); model (8), the
 * state of its alarms ({@link AlarmState#BYTES}); the two lists of offsets, each a number (4) and
 * as many offsets (8); the number of sensors (4), their values (8 each, NaN where missing) and the
 * lengths of their runs (4 each); and what those read last that are missing (8 each).
 */
final class KeptRow {

  private static final byte VERSION = 1;

  private static final int FIXED_BYTES =
      1 + 8 + 4 + 8 + 8 + 8 + 4 + 8 + 8 + AlarmState.BYTES + 4 + 4 + 4;

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

  /** No row, but how an entity stands, in the same form. */
  static KeptRow of(EntityState state) {
    Runs runs = state.runs();
    double[] last = new double[runs.sensors()];
    for (int d = 0; d < last.length; d++) {
      last[d] = runs.value(d);
    }
    return new KeptRow(state, List.of(), last);
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
    ByteBuffer bytes = ByteBuffer.allocate(length());
    bytes
        .put(VERSION)
        .putLong(series.layout())
        .putInt(series.places())
        .putLong(series.rows())
        .putLong(series.stretch())
        .putLong(newest.getEpochSecond())
        .putInt(newest.getNano())
        .putLong(series.offset())
        .putLong(after.level().model());
    after.level().alarms().writeTo(bytes);
    put(bytes, series.outOfOrder());
    put(bytes, passed);
    put(bytes, after.runs());
    return bytes.array();
  }

  private int length() {
    int offsets = after.series().outOfOrder().size() + passed.size();
    int sensors = values.length * (Double.BYTES + Integer.BYTES);
    int missing = 0;
    for (double value : values) {
      missing += Double.isNaN(value) ? 1 : 0;
    }
    return FIXED_BYTES + Long.BYTES * offsets + sensors + Double.BYTES * missing;
  }

  private void put(ByteBuffer bytes, Runs runs) {
    bytes.putInt(values.length);
    bytes.asDoubleBuffer().put(values); // at once: with every row of a model that looks back
    bytes.position(bytes.position() + values.length * Double.BYTES);
    for (int d = 0; d < values.length; d++) {
      bytes.putInt(runs.rows(d));
    }
    for (int d = 0; d < values.length; d++) {
      if (Double.isNaN(values[d])) {
        bytes.putDouble(runs.value(d));
      }
    }
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
    Level level = new Level(bytes.getLong(), AlarmState.readFrom(bytes));
    Series series = new Series(layout, places, rows, stretch, newest, offsets(bytes), offset);
    List<Long> passed = offsets(bytes);
    double[] values = new double[bytes.getInt()];
    for (int d = 0; d < values.length; d++) {
      values[d] = bytes.getDouble();
    }
    EntityState after = new EntityState(series, level, runs(bytes, values));
    return Optional.of(new KeptRow(after, passed, values));
  }

  private static Runs runs(ByteBuffer bytes, double[] values) {
    int[] rows = new int[values.length];
    for (int d = 0; d < rows.length; d++) {
      rows[d] = bytes.getInt();
    }
    double[] last = values.clone();
    for (int d = 0; d < last.length; d++) {
      if (Double.isNaN(last[d])) {
        last[d] = bytes.getDouble();
      }
    }
    return Runs.of(last, rows);
  }

  private static List<Long> offsets(ByteBuffer bytes) {
    return LongStream.generate(bytes::getLong).limit(bytes.getInt()).boxed().toList();
  }
}
