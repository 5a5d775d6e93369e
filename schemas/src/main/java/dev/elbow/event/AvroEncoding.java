package dev.elbow.event;

import dev.elbow.event.WriterSchemas.Origin;
import dev.elbow.input.InvalidInputException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.jspecify.annotations.Nullable;

/** Writes observations in one schema, by Avro's own generic writer. */
final class AvroEncoding {

  private static final List<Schema.Type> NUMBERS =
      List.of(Schema.Type.DOUBLE, Schema.Type.FLOAT, Schema.Type.LONG, Schema.Type.INT);

  private final Origin origin;
  private final OptionalInt id;
  private final GenericDatumWriter<Object> writer;

  private AvroEncoding(Origin origin, OptionalInt id) {
    this.origin = origin;
    this.id = id;
    this.writer = new GenericDatumWriter<>(origin.schema());
  }

  static AvroEncoding of(WriterSchemas schemas) {
    if (schemas.single().isPresent()) {
      return new AvroEncoding(schemas.single().get(), OptionalInt.empty());
    }
    Integer last = schemas.byId().lastKey();
    return new AvroEncoding(Objects.requireNonNull(schemas.byId().get(last)), OptionalInt.of(last));
  }

  byte[] encode(Observation observation) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    if (id.isPresent()) {
      bytes.write(0);
      bytes.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(id.getAsInt()).array());
    }
    BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
    try {
      writer.write(datum(observation), encoder);
      encoder.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    return bytes.toByteArray();
  }

  private GenericData.Record datum(Observation observation) {
    GenericData.Record datum = new GenericData.Record(origin.schema());
    Map<String, Double> left = new LinkedHashMap<>(observation.values());
    boolean hasValues = origin.schema().getField("values") != null;
    for (Schema.Field field : origin.schema().getFields()) {
      @Nullable Object value =
          switch (field.name()) {
            case "timestamp" -> timestamp(field.schema(), observation.timestamp());
            case "entity" -> observation.entity();
            case "label" -> absent(field);
            case "values" -> values(field.schema(), left);
            default -> hasValues ? absent(field) : sensor(field, left);
          };
      datum.put(field.pos(), value);
    }
    if (!left.isEmpty()) {
      throw refused("no place for sensor " + left.keySet().iterator().next());
    }
    return datum;
  }

  private Object timestamp(Schema schema, Instant time) {
    for (Schema branch : schema.isUnion() ? schema.getTypes() : List.of(schema)) {
      String logical = Optional.ofNullable(branch.getProp("logicalType")).orElse("");
      if (branch.getType() == Schema.Type.STRING) {
        return time.toString();
      } else if (logical.endsWith("timestamp-millis")) {
        return time.toEpochMilli();
      } else if (logical.endsWith("timestamp-micros")) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, time);
      } else if (logical.endsWith("timestamp-nanos")) {
        return ChronoUnit.NANOS.between(Instant.EPOCH, time);
      }
    }
    throw refused(
        "to write, field timestamp must be a string or a long with a logical type of timestamps");
  }

  private Object values(Schema schema, Map<String, Double> left) {
    for (Schema branch : schema.isUnion() ? schema.getTypes() : List.of(schema)) {
      if (branch.getType() == Schema.Type.MAP) {
        Map<String, Object> map = new LinkedHashMap<>();
        left.forEach((name, value) -> map.put(name, number(name, branch.getValueType(), value)));
        left.clear();
        return map;
      } else if (branch.getType() == Schema.Type.RECORD) {
        GenericData.Record nested = new GenericData.Record(branch);
        branch.getFields().forEach(field -> nested.put(field.pos(), sensor(field, left)));
        return nested;
      }
    }
    throw refused("no place for sensors");
  }

  private @Nullable Object sensor(Schema.Field field, Map<String, Double> left) {
    Double value = left.remove(field.name());
    return value == null ? absent(field) : number(field.name(), field.schema(), value);
  }

  private Object number(String name, Schema schema, double value) {
    List<Schema.Type> types =
        (schema.isUnion() ? schema.getTypes() : List.of(schema))
            .stream().map(Schema::getType).toList();
    Schema.Type type = NUMBERS.stream().filter(types::contains).findFirst().orElseThrow();
    return switch (type) {
      case DOUBLE -> value;
      case FLOAT -> (float) value;
      default -> {
        if (value != Math.rint(value) || Math.abs(value) > Integer.MAX_VALUE) {
          throw refused("sensor %s is %s, and %s holds whole numbers".formatted(name, value, type));
        }
        yield type == Schema.Type.LONG ? (Object) (long) value : (Object) (int) value;
      }
    };
  }

  /** What stands for nothing: null, if the schema knows it. */
  private @Nullable Object absent(Schema.Field field) {
    if (!field.schema().isNullable()) {
      throw refused("field " + field.name() + " is missing, and null is none of its types");
    }
    return null;
  }

  private InvalidInputException refused(String what) {
    return new InvalidInputException("schema %s: %s".formatted(origin.where(), what));
  }
}
