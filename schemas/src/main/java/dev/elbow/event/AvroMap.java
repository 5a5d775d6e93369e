package dev.elbow.event;

/** The sensors of one record as a map of their names. */
final class AvroMap {

  private final AvroNumber number;
  private final NamesSeen seen = new NamesSeen();

  AvroMap(AvroNumber number) {
    this.number = number;
  }

  void read(AvroCursor in, RowDraft row) throws Fault {
    int before = SensorNames.FIRST;
    seen.begin();
    for (long left = in.items(); left > 0; left = in.items()) {
      while (left-- > 0) {
        before = readSensor(in, row, before);
      }
    }
  }

  private int readSensor(AvroCursor in, RowDraft row, int before) throws Fault {
    SensorNames names = row.names();
    int length = in.length();
    int from = in.at();
    in.skip(length);
    int sensor = names.find(in.bytes(), from, from + length, before);
    if (sensor == SensorNames.UNKNOWN) {
      RecordText.decodeUtf8(
          in.bytes(), from, length, RejectionReason.MALFORMED_AVRO, "a sensor's name");
      sensor = names.add(in.bytes(), from, from + length);
    }
    if (sensor == SensorNames.UNKNOWN) { // no room for it, so it is none of the columns
      if (!Double.isNaN(number.read(in, names, SensorNames.VALUES))) {
        row.putUnnamed();
      }
      return before;
    }
    if (!seen.isNew(sensor)) {
      throw in.malformed(
          "each sensor once, found %s again".formatted(Fault.quote(names.text(sensor))));
    }
    double value = number.read(in, names, sensor);
    if (!Double.isNaN(value)) {
      row.put(sensor, value);
    }
    return sensor;
  }
}
