package dev.elbow.event;

import dev.elbow.input.InvalidInputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.avro.Schema;

/**
 * What to do with each field of a schema, in the order in which they are written: worked out once,
 * so that reading a record looks nothing up.
 *
 * <p>The rules are those of {@link ObservationJson}, as far as a schema can break them it is
 * refused here, before the first record.
 */
final class AvroPlan {

  /** Fields of these names are no sensors. */
  private static final Set<String> MEANINGS = Set.of("timestamp", "entity", "label", "values");

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
    this.steps = steps(schema.getFields(), field -> !hasValues && !MEANINGS.contains(field.name()));
  }

  /** The sensors among the fields that follow one another and are written alike are one step. */
  private Step[] steps(List<Schema.Field> fields, Predicate<Schema.Field> isSensor) {
    List<Step> all = new ArrayList<>();
    int next;
    for (int first = 0; first < fields.size(); first = next) {
      Schema.Field field = fields.get(first);
      next = first + 1;
      if (!isSensor.test(field)) {
        all.add(step(field));
        continue;
      }
      while (next < fields.size()
          && isSensor.test(fields.get(next))
          && fields.get(next).schema().equals(field.schema())) {
        next++;
      }
      all.add(sensors(fields.subList(first, next)));
    }
    return all.toArray(Step[]::new);
  }

  /** Reads the record that begins here. */
  void read(AvroCursor in, AvroRecord record) throws Fault {
    for (Step step : steps) {
      step.read(in, record);
    }
  }

  private Step step(Schema.Field field) {
    Schema schema = field.schema();
    return switch (field.name()) {
      case "timestamp" -> timestamp(schema);
      case "entity" -> entity(schema);
      case "values" -> values(schema);
      default -> skip(schema);
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

  /**
   * @param fields at least one, all of the same schema
   */
  private Step sensors(List<Schema.Field> fields) {
    Schema.Field first = fields.get(0);
    AvroNumber number =
        AvroNumber.of(first.schema())
            .orElseThrow(
                () ->
                    refused(
                        "field " + first.name(),
                        NUMBER + ", as every field is a sensor where there is none called values",
                        first.schema()));
    int[] numbers = fields.stream().mapToInt(field -> names.numberOf(field.name())).toArray();
    AvroSensors sensors = new AvroSensors(number, numbers);
    return (in, record) -> sensors.read(in, record.row);
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
    Step[] sensors = steps(schema.getFields(), field -> true);
    return (in, record) -> {
      for (Step run : sensors) {
        run.read(in, record);
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
