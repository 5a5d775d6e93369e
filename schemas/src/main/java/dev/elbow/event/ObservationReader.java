package dev.elbow.event;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Reads one observation, field by field, in one pass. */
final class ObservationReader {

  static final int MAX_NESTING = 32;

  private final Optional<String> keyed;
  private final Map<String, Double> nested = new LinkedHashMap<>();
  private final Map<String, Double> flat = new LinkedHashMap<>();
  private Instant timestamp;
  private Optional<String> entity = Optional.empty();
  private boolean hasValues;

  /** Counts only if it turns out that the top-level fields are the sensors. */
  private Optional<Fault> flatFault = Optional.empty();

  /**
   * @param keyed the entity that the record's key names
   * @param recordTimestamp the timestamp to fall back to
   */
  ObservationReader(Optional<String> keyed, Instant recordTimestamp) {
    this.keyed = keyed;
    this.timestamp = recordTimestamp;
  }

  Observation read(byte[] value) throws Fault {
    RecordText.readObject(
        value, (json, name, token) -> readField(json, name, token, keyed.isEmpty()));
    if (!hasValues && flatFault.isPresent()) {
      throw flatFault.get();
    }
    return new Observation(
        keyed.or(() -> entity).orElse(Observation.DEFAULT_ENTITY),
        timestamp,
        hasValues ? nested : flat);
  }

  private void readField(JsonParser json, String name, JsonToken token, boolean entityMatters)
      throws IOException, Fault {
    switch (name) {
      case "timestamp" -> timestamp = RecordText.timestamp(json, token, timestamp);
      case "entity" -> {
        if (entityMatters) {
          readEntity(json, token);
        }
      }
      case "label" -> {}
      case "values" -> readValues(json, token);
      default -> readFlat(json, name, token);
    }
  }

  private void readEntity(JsonParser json, JsonToken token) throws IOException, Fault {
    if (token == JsonToken.VALUE_STRING) {
      entity = Optional.of(withoutHalves(RecordText.checkedEntity(json.getText(), "entity")));
    } else if (token != JsonToken.VALUE_NULL) {
      throw Fault.wrongType("entity", "a string", token);
    }
  }

  /**
   * JSON can escape half of a surrogate pair, which UTF-8 cannot write: such names would be one.
   */
  private static String withoutHalves(String entity) throws Fault {
    if (entity.codePoints().anyMatch(c -> Character.getType(c) == Character.SURROGATE)) {
      throw new Fault(
          RejectionReason.BAD_ENTITY,
          "entity: expected Unicode text, found half of a surrogate pair");
    }
    return entity;
  }

  private void readValues(JsonParser json, JsonToken token) throws IOException, Fault {
    if (token != JsonToken.START_OBJECT) {
      throw Fault.wrongType("values", "an object of sensors", token);
    }
    hasValues = true;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      readSensor(json, json.currentName(), json.nextToken(), nested);
    }
  }

  private void readFlat(JsonParser json, String name, JsonToken token) throws IOException {
    try {
      readSensor(json, name, token, flat);
    } catch (Fault fault) {
      flatFault = flatFault.or(() -> Optional.of(fault));
    }
  }

  private static void readSensor(
      JsonParser json, String name, JsonToken token, Map<String, Double> values)
      throws IOException, Fault {
    switch (token) {
      case VALUE_NULL -> {}
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> {
        double value = json.getDoubleValue();
        if (!Double.isFinite(value)) {
          throw Fault.notFinite(name);
        }
        values.put(name, value);
      }
      default -> throw Fault.wrongType("sensor " + Fault.quote(name), "a number or null", token);
    }
  }
}
