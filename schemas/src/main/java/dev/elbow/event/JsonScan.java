package dev.elbow.event;

import java.time.Instant;
import java.util.Optional;

/**
 * Reads observations of the usual shape from their bytes straight into a row: nothing in them is
 * escaped, objects lie no deeper than the sensors, all is as it should be.
 *
 * <p>It takes only what is valid, and gives up at the first sign of anything else, however
 * harmless: {@link ObservationReader} then reads the record from its beginning. A test holds what
 * the two make of records, sound and broken, to be the same.
 */
final class JsonScan {

  /** Longer names are left to the other reader. */
  private static final int LONGEST_NAME = 1024;

  private final RowDraft row;
  private final SensorNames names;
  private final JsonBytes json = new JsonBytes();
  private final NamesSeen atTop = new NamesSeen();
  private final NamesSeen inValues = new NamesSeen();

  JsonScan(RowDraft row) {
    this.row = row;
    this.names = row.names();
  }

  /**
   * Reads a record; empty if it is not of the usual shape.
   *
   * @param keyed the entity that its key names
   * @param recordTimestamp the timestamp to fall back to
   */
  Optional<ObservationRow> read(byte[] value, Optional<String> keyed, Instant recordTimestamp) {
    try {
      json.set(value);
      row.begin();
      return Optional.of(readObject(keyed, recordTimestamp));
    } catch (JsonBytes.Unusual leaveToTheOther) {
      return Optional.empty();
    }
  }

  private ObservationRow readObject(Optional<String> keyed, Instant recordTimestamp)
      throws JsonBytes.Unusual {
    Optional<String> entity = keyed;
    Instant timestamp = recordTimestamp;
    boolean hasValues = false;
    boolean hasOther = false;
    int before = SensorNames.FIRST;
    atTop.begin();
    json.expect('{');
    for (boolean more = json.startsItem('}'); more; more = json.hasNextItem('}')) {
      int name = name(before);
      json.require(atTop.isNew(name));
      before = name;
      switch (name) {
        case SensorNames.TIMESTAMP -> timestamp = timestamp(recordTimestamp);
        case SensorNames.ENTITY -> {
          Optional<String> named = json.scalarText();
          entity = keyed.isPresent() || named.isEmpty() ? entity : named;
        }
        case SensorNames.LABEL -> json.skipScalar();
        case SensorNames.VALUES -> {
          row.clear();
          readValues();
          hasValues = true;
        }
        default -> hasOther |= readTopLevel(name, hasValues);
      }
    }
    json.expectEnd();
    json.require(hasValues || !hasOther);
    return row.finish(entity.orElse(Observation.DEFAULT_ENTITY), timestamp);
  }

  private void readValues() throws JsonBytes.Unusual {
    int before = SensorNames.FIRST;
    inValues.begin();
    json.expect('{');
    for (boolean more = json.startsItem('}'); more; more = json.hasNextItem('}')) {
      int name = name(before);
      json.require(inValues.isNew(name));
      before = name;
      json.require(readSensor(name));
    }
  }

  /** Returns whether it is no sensor, which is well only if sensors lie under {@code values}. */
  private boolean readTopLevel(int name, boolean hasValues) throws JsonBytes.Unusual {
    if (!hasValues && readSensor(name)) {
      return false;
    }
    json.skipScalar();
    return !hasValues;
  }

  /** Reads a number or null; false, and nothing read, if it is neither. */
  private boolean readSensor(int name) throws JsonBytes.Unusual {
    if (json.startsNumber()) {
      double value = json.number();
      json.require(Double.isFinite(value));
      row.put(name, value);
      return true;
    }
    return json.takesNull();
  }

  private Instant timestamp(Instant recordTimestamp) throws JsonBytes.Unusual {
    if (json.takesNull()) {
      return recordTimestamp;
    }
    Optional<Instant> time =
        json.startsNumber() ? Timestamps.ofEpoch(json.number()) : json.timestampText();
    json.require(time.isPresent());
    return time.get();
  }

  /** A name and its colon; the name has a number from now on. */
  private int name(int before) throws JsonBytes.Unusual {
    byte[] bytes = json.bytes();
    int likely = names.likely(before);
    if (json.takesText(names.bytes(likely))) {
      json.expect(':');
      return likely;
    }
    json.text(true);
    int from = json.textFrom();
    int to = json.textTo();
    int name = names.find(bytes, from, to, before);
    if (name == SensorNames.UNKNOWN) {
      json.require(to - from <= LONGEST_NAME && JsonBytes.isUtf8(bytes, from, to));
      name = names.add(bytes, from, to);
      json.require(name != SensorNames.UNKNOWN);
    }
    json.expect(':');
    return name;
  }
}
