package dev.elbow.event;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON records into rows: those of the usual shape by {@link JsonScan}, and whatever that
 * does not take by {@link ObservationReader}, which alone says what is valid and what is wrong with
 * what is not.
 */
final class JsonRowReader implements RowReader {

  private final SensorColumns columns;
  private final JsonScan scan;

  JsonRowReader(SensorColumns columns) {
    this.columns = columns;
    this.scan = new JsonScan(new RowDraft(columns, new SensorNames(columns)));
  }

  @Override
  public DecodedRow read(byte @Nullable [] key, byte @Nullable [] value, Instant recordTimestamp) {
    if (value == null) {
      return ObservationJson.TOMBSTONE;
    }
    try {
      Optional<String> entity = RecordText.entityOf(key);
      Optional<ObservationRow> usual = scan.read(value, entity, recordTimestamp);
      return usual.isPresent()
          ? usual.get()
          : RowDraft.rowOf(new ObservationReader(entity, recordTimestamp).read(value), columns);
    } catch (Fault fault) {
      return new Decoded.Invalid(fault.reason(), fault.detail());
    }
  }
}
