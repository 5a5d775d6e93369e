package dev.elbow.trainer.data;

import dev.elbow.bundle.Lineage;
import dev.elbow.event.SensorColumns;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Collects the rows of a {@link SensorTable} without ever copying their values again.
 *
 * <p>{@link #at}, {@link #of} and {@link #labelled} describe the row added last.
 */
public final class SensorTableBuilder {

  private final SensorColumns sensors;
  private final RowStore rows = new RowStore();
  private final Map<String, Integer> entities = new LinkedHashMap<>();
  private final GrowingLongs epochMicros = new GrowingLongs();
  private GrowingInts entityCodes = new GrowingInts();
  private final BitSet anomalous = new BitSet();
  private int labelled;

  /**
   * @param sensors if they grow, rows may be as wide as they are by then
   */
  SensorTableBuilder(SensorColumns sensors) {
    this.sensors = sensors;
  }

  /**
   * Adds a row.
   *
   * @param values D values in the order of the sensors, NaN = missing; copied
   * @throws IllegalArgumentException if there are not D of them or one is infinite
   */
  public SensorTableBuilder add(double... values) {
    if (values.length != sensors.count()) {
      throw new IllegalArgumentException(
          "row %d: expected %d values, found %d"
              .formatted(count(), sensors.count(), values.length));
    }
    for (int d = 0; d < values.length; d++) {
      if (Double.isInfinite(values[d])) {
        throw new IllegalArgumentException(
            "row %d, sensor %s: expected a finite number or NaN, found %s"
                .formatted(count(), sensors.names().get(d), values[d]));
      }
    }
    rows.add(values);
    return this;
  }

  /** When the row added last was observed; kept to the microsecond. */
  public SensorTableBuilder at(Instant timestamp) {
    epochMicros.add(ChronoUnit.MICROS.between(Instant.EPOCH, timestamp));
    return this;
  }

  /** The machine the row added last belongs to. */
  public SensorTableBuilder of(String entity) {
    entityCodes.add(entities.computeIfAbsent(entity, name -> entities.size()));
    return this;
  }

  /** Whether the row added last is known to be anomalous. */
  public SensorTableBuilder labelled(boolean anomalous) {
    this.anomalous.set(labelled++, anomalous);
    return this;
  }

  /** How many rows have been added. */
  public int count() {
    return rows.count();
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
    return new SensorTable(this, sensors.names(), Optional.empty(), source, skipped);
  }

  /** The same with the sensors in the order of the alphabet and the rows in that of time. */
  SensorTable buildInOrder(Lineage.Source source, SkippedRows skipped, RowOrder.Comparison ties) {
    RowOrder.Comparison byTime =
        (row, other) -> {
          int times = Long.compare(epochMicros.get(row), epochMicros.get(other));
          return times == 0 ? ties.compare(row, other) : times;
        };
    Optional<int[]> places =
        timestamps().isPresent() ? RowOrder.of(count(), byTime) : Optional.empty();
    return new SensorTable(
        this, sensors.names().stream().sorted().toList(), places, source, skipped);
  }

  /** As if no row had named its machine. */
  void forgetEntities() {
    entityCodes = new GrowingInts();
    entities.clear();
  }

  int columnOf(String sensor) {
    return sensors.columnOf(sensor);
  }

  Column[][] chunks() {
    return rows.finish();
  }

  long rounded() {
    return rows.rounded();
  }

  Set<String> entities() {
    return entities.keySet();
  }

  Optional<GrowingLongs> timestamps() {
    return allOrNone(epochMicros.count(), "timestamp")
        ? Optional.of(epochMicros)
        : Optional.empty();
  }

  Optional<GrowingInts> entityCodes() {
    return allOrNone(entityCodes.count(), "entity") ? Optional.of(entityCodes) : Optional.empty();
  }

  Optional<BitSet> labels() {
    return allOrNone(labelled, "label") ? Optional.of(anomalous) : Optional.empty();
  }

  private boolean allOrNone(int described, String what) {
    if (described != 0 && described != count()) {
      throw new IllegalStateException(
          "%d of %d rows have one %s each; expected all or none"
              .formatted(described, count(), what));
    }
    return described != 0;
  }
}
