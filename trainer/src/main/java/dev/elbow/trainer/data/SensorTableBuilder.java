package dev.elbow.trainer.data;

import static dev.elbow.trainer.data.SensorTable.ROWS_PER_CHUNK;

import dev.elbow.bundle.Lineage;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Collects the rows of a {@link SensorTable} without ever copying their values again.
 *
 * <p>{@link #at}, {@link #of} and {@link #labelled} describe the row added last.
 */
public final class SensorTableBuilder {

  final List<String> sensors;
  final List<double[]> chunks = new ArrayList<>();
  final Map<String, Integer> entities = new LinkedHashMap<>();
  int count;

  private long[] epochMicros = new long[0];
  private int[] entityCodes = new int[0];
  private final BitSet anomalous = new BitSet();
  private int timed;
  private int named;
  private int labelled;

  SensorTableBuilder(List<String> sensors) {
    this.sensors = sensors;
  }

  /**
   * Adds a row.
   *
   * @param values D values in the order of the sensors, NaN = missing; copied
   * @throws IllegalArgumentException if there are not D of them or one is infinite
   */
  public SensorTableBuilder add(double... values) {
    if (values.length != sensors.size()) {
      throw new IllegalArgumentException(
          "row %d: expected %d values, found %d".formatted(count, sensors.size(), values.length));
    }
    for (int d = 0; d < values.length; d++) {
      if (Double.isInfinite(values[d])) {
        throw new IllegalArgumentException(
            "row %d, sensor %s: expected a finite number or NaN, found %s"
                .formatted(count, sensors.get(d), values[d]));
      }
    }
    int rowInChunk = count % ROWS_PER_CHUNK;
    if (rowInChunk == 0) {
      chunks.add(new double[Math.multiplyExact(ROWS_PER_CHUNK, values.length)]);
    }
    double[] chunk = chunks.get(chunks.size() - 1);
    System.arraycopy(values, 0, chunk, rowInChunk * values.length, values.length);
    count = Math.incrementExact(count);
    return this;
  }

  /** When the row added last was observed; kept to the microsecond. */
  public SensorTableBuilder at(Instant timestamp) {
    if (timed == epochMicros.length) {
      epochMicros = Arrays.copyOf(epochMicros, Math.max(ROWS_PER_CHUNK, 2 * timed));
    }
    epochMicros[timed++] = ChronoUnit.MICROS.between(Instant.EPOCH, timestamp);
    return this;
  }

  /** The machine the row added last belongs to. */
  public SensorTableBuilder of(String entity) {
    if (named == entityCodes.length) {
      entityCodes = Arrays.copyOf(entityCodes, Math.max(ROWS_PER_CHUNK, 2 * named));
    }
    entityCodes[named++] = entities.computeIfAbsent(entity, name -> entities.size());
    return this;
  }

  /** Whether the row added last is known to be anomalous. */
  public SensorTableBuilder labelled(boolean anomalous) {
    this.anomalous.set(labelled++, anomalous);
    return this;
  }

  /** How many rows have been added. */
  public int count() {
    return count;
  }

  /**
   * The table. The builder must not be used afterwards.
   *
   * @param source where the rows came from
   * @throws IllegalStateException if only some rows have a timestamp, an entity or a label
   */
  public SensorTable build(Lineage.Source source) {
    return build(source, SkippedRows.NONE);
  }

  /** The same of a source that held more than could be read. */
  SensorTable build(Lineage.Source source, SkippedRows skipped) {
    return new SensorTable(this, source, skipped);
  }

  Optional<long[]> timestamps() {
    return allOrNone(timed, "timestamp")
        ? Optional.of(Arrays.copyOf(epochMicros, count))
        : Optional.empty();
  }

  Optional<int[]> entityCodes() {
    return allOrNone(named, "entity")
        ? Optional.of(Arrays.copyOf(entityCodes, count))
        : Optional.empty();
  }

  Optional<BitSet> labels() {
    return allOrNone(labelled, "label") ? Optional.of(anomalous) : Optional.empty();
  }

  private boolean allOrNone(int described, String what) {
    if (described != 0 && described != count) {
      throw new IllegalStateException(
          "%d of %d rows have one %s each; expected all or none".formatted(described, count, what));
    }
    return described != 0;
  }
}
