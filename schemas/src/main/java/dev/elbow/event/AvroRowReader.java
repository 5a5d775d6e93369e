package dev.elbow.event;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads Avro records into rows, by a plan per schema. */
final class AvroRowReader implements RowReader {

  private static final int FRAME_BYTES = 1 + Integer.BYTES;

  private final Optional<AvroPlan> single;
  private final Map<Integer, AvroPlan> byId = new TreeMap<>();
  private final AvroCursor cursor = new AvroCursor();
  private final AvroRecord record;

  AvroRowReader(WriterSchemas schemas, SensorColumns columns) {
    SensorNames names = new SensorNames(columns);
    this.record = new AvroRecord(new RowDraft(columns, names));
    this.single = schemas.single().map(origin -> origin.plan(names));
    schemas.byId().forEach((id, origin) -> byId.put(id, origin.plan(names)));
  }

  @Override
  public DecodedRow read(byte @Nullable [] key, byte @Nullable [] value, Instant recordTimestamp) {
    if (value == null) {
      return ObservationJson.TOMBSTONE;
    }
    try {
      record.begin(RecordText.entityOf(key), recordTimestamp);
      AvroPlan plan = single.isPresent() ? single.get() : framed(value);
      cursor.set(value, single.isPresent() ? 0 : FRAME_BYTES, value.length);
      plan.read(cursor, record);
      if (cursor.remaining() > 0) {
        throw cursor.malformed(
            "the end of the record, found %d more bytes".formatted(cursor.remaining()));
      }
      return record.finish();
    } catch (Fault fault) {
      return new Decoded.Invalid(fault.reason(), fault.detail());
    }
  }

  private AvroPlan framed(byte[] value) throws Fault {
    if (value.length < FRAME_BYTES || value[0] != 0) {
      throw new Fault(
          RejectionReason.MALFORMED_AVRO,
          "value: expected a byte 0 and four bytes of a schema's id before the body");
    }
    int id = 0;
    for (int k = 1; k < FRAME_BYTES; k++) {
      id = id << Byte.SIZE | (value[k] & 0xFF);
    }
    AvroPlan plan = byId.get(id);
    if (plan == null) {
      throw new Fault(
          RejectionReason.UNKNOWN_SCHEMA,
          "value: expected a schema of id %s, found %d".formatted(byId.keySet(), id));
    }
    return plan;
  }
}
