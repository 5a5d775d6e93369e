package dev.elbow.event;

import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;

/** How a sensor is written: a number, or a union with at least one. */
final class AvroNumber {

  private final List<Schema> branches;
  private final Schema.Type[] types;
  private final boolean union;

  private AvroNumber(Schema schema) {
    this.union = schema.isUnion();
    this.branches = union ? schema.getTypes() : List.of(schema);
    this.types = branches.stream().map(Schema::getType).toArray(Schema.Type[]::new);
  }

  /** Empty if the schema allows no number. */
  static Optional<AvroNumber> of(Schema schema) {
    AvroNumber number = new AvroNumber(schema);
    return number.branches.stream().anyMatch(AvroNumber::isNumber)
        ? Optional.of(number)
        : Optional.empty();
  }

  private static boolean isNumber(Schema schema) {
    return switch (schema.getType()) {
      case INT, LONG, FLOAT, DOUBLE -> true;
      default -> false;
    };
  }

  /** Whether it is always a double. */
  boolean isDouble() {
    return !union && types[0] == Schema.Type.DOUBLE;
  }

  /** Reads one value of the sensor with that number; NaN if it is null. */
  double read(AvroCursor in, SensorNames names, int sensor) throws Fault {
    Schema.Type type = types[union ? in.branch(types.length) : 0];
    double value =
        switch (type) {
          case DOUBLE -> in.float64();
          case FLOAT -> in.float32();
          case INT, LONG -> (double) in.number();
          case NULL -> 0;
          default ->
              throw Fault.wrongType(
                  "sensor " + Fault.quote(names.text(sensor)),
                  "a number or null",
                  "a value of type " + type.getName());
        };
    if (!Double.isFinite(value)) {
      throw Fault.notFinite(names.text(sensor));
    }
    return type == Schema.Type.NULL ? Double.NaN : value;
  }
}
