package dev.elbow.event;

import dev.elbow.input.InvalidInputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;

/**
 * What to do with each field of a schema, in the order in which they are written: worked out once,
 * so that reading a record looks nothing up.
 *
 * <p>The rules are those of {@link ObservationJson}, as far as a schema can break them it is
 * refused here, before the first record.
 */
final class AvroPlan {

  private static final String NUMBER = "int, long, float or double, or a union with one of them";

  /** One field. */
  @FunctionalInterface
  private interface Step {
    void read(AvroCursor in, AvroRecord record) throws Fault;
  }

  private final String where;
  private final SensorNames names;
  private final Step[] steps;

  /**
   * @param where the schema comes from, for messages
   * @throws InvalidInputException if no observation can be of this schema
   */
  AvroPlan(String where, Schema schema, SensorNames names) {
    this.where = where;
    this.names = names;
    if (schema.getType() != Schema.Type.RECORD) {
      throw refused("the schema", "a record", schema);
    }
    boolean hasValues = schema.getField("values") != null;
    List<Step> all = new ArrayList<>();
    for (Schema.Field field : schema.getFields()) {
      all.add(step(field, hasValues));
    }
    this.steps = all.toArray(Step[]::new);
  }

  /** Reads the record that begins here. */
  void read(AvroCursor in, AvroRecord record) throws Fault {
    for (Step step : steps) {
      step.read(in, record);
    }
  }

  private Step step(Schema.Field field, boolean hasValues) {
    Schema schema = field.schema();
    return switch (field.name()) {
      case "timestamp" -> timestamp(schema);
      case "entity" -> entity(schema);
      case "label" -> skip(schema);
      case "values" -> values(schema);
      default -> hasValues ? skip(schema) : sensor(field.name(), schema);
    };
  }

  private static Step skip(Schema schema) {
    return (in, record) -> AvroSkip.skip(schema, in);
  }

  private Step timestamp(Schema schema) {
    AvroTime time =
        AvroTime.of(schema)
            .orElseThrow(
                () ->
                    refused(
                        "field timestamp",
                        "a long with a logical type timestamp-millis, -micros or -nanos, another"
                            + " number, a string, or a union of such and null",
                        schema));
    return (in, record) -> record.timestamp = time.read(in, record.timestamp);
  }

  private Step entity(Schema schema) {
    List<Schema> branches = schema.isUnion() ? schema.getTypes() : List.of(schema);
    boolean usable =
        branches.stream()
            .allMatch(
                one -> one.getType() == Schema.Type.STRING || one.getType() == Schema.Type.NULL);
    if (!usable) {
      throw refused("field entity", "a string, or a union of string and null", schema);
    }
    return (in, record) -> {
      Schema.Type type =
          schema.isUnion() ? branches.get(in.branch(branches.size())).getType() : schema.getType();
      if (type == Schema.Type.STRING) {
        record.readEntity(in);
      }
    };
  }

  private Step sensor(String name, Schema schema) {
    AvroNumber number =
        AvroNumber.of(schema)
            .orElseThrow(
                () ->
                    refused(
                        "field " + name,
                        NUMBER + ", as every field is a sensor where there is none called values",
                        schema));
    int sensor = names.numberOf(name);
    return (in, record) -> {
      double value = number.read(in, names, sensor);
      if (!Double.isNaN(value)) {
        record.row.put(sensor, value);
      }
    };
  }

  private Step values(Schema schema) {
    if (!schema.isUnion()) {
      return valuesBranch(schema);
    }
    Step[] branches = schema.getTypes().stream().map(this::valuesBranch).toArray(Step[]::new);
    return (in, record) -> branches[in.branch(branches.length)].read(in, record);
  }

  private Step valuesBranch(Schema schema) {
    return switch (schema.getType()) {
      case MAP -> sensorMap(schema.getValueType());
      case RECORD -> sensorRecord(schema);
      case NULL ->
          (in, record) -> {
            throw Fault.wrongType("values", "an object of sensors", "null");
          };
      default -> throw refused("field values", "a map or a record of sensors", schema);
    };
  }

  private Step sensorRecord(Schema schema) {
    List<Step> sensors = new ArrayList<>();
    for (Schema.Field field : schema.getFields()) {
      sensors.add(sensor(field.name(), field.schema()));
    }
    Step[] all = sensors.toArray(Step[]::new);
    return (in, record) -> {
      for (Step sensor : all) {
        sensor.read(in, record);
      }
    };
  }

  private Step sensorMap(Schema schema) {
    Optional<AvroNumber> number = AvroNumber.of(schema);
    if (number.isEmpty()) {
      throw refused("field values", "a map of " + NUMBER, schema);
    }
    AvroMap map = new AvroMap(number.get());
    return (in, record) -> map.read(in, record.row);
  }

  private InvalidInputException refused(String what, String expected, Schema found) {
    return new InvalidInputException(
        "%s: %s: expected %s; found %s".formatted(where, what, expected, found));
  }
}
