package dev.elbow.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads one record, field by field, in one pass. */
final class ObservationReader {

  static final int MAX_NESTING = 32;

  /** A field's name is repeated in a detail up to this many characters. */
  private static final int LONGEST_QUOTE = 80;

  private final byte @Nullable [] key;
  private final Map<String, Double> nested = new LinkedHashMap<>();
  private final Map<String, Double> flat = new LinkedHashMap<>();
  private Instant timestamp;
  private Optional<String> entity = Optional.empty();
  private boolean hasValues;

  /** Counts only if it turns out that the top-level fields are the sensors. */
  private Optional<Fault> flatFault = Optional.empty();

  ObservationReader(byte @Nullable [] key, Instant recordTimestamp) {
    this.key = key;
    this.timestamp = recordTimestamp;
  }

  Observation read(byte[] value) throws Fault {
    Optional<String> keyed = entityOfKey();
    CharBuffer text = decodeUtf8(value, RejectionReason.MALFORMED_JSON, "value");
    try (JsonParser json =
        Json.FACTORY.createParser(
            text.array(), text.arrayOffset() + text.position(), text.remaining())) {
      readDocument(json, keyed.isEmpty());
    } catch (JsonProcessingException e) {
      throw new Fault(RejectionReason.MALFORMED_JSON, describe(e));
    } catch (IOException e) {
      throw new UncheckedIOException("reading from memory failed", e);
    }
    if (!hasValues && flatFault.isPresent()) {
      throw flatFault.get();
    }
    return new Observation(
        keyed.or(() -> entity).orElse(Observation.DEFAULT_ENTITY),
        timestamp,
        hasValues ? nested : flat);
  }

  private Optional<String> entityOfKey() throws Fault {
    if (key == null || key.length == 0) {
      return Optional.empty();
    }
    return Optional.of(
        checkedEntity(decodeUtf8(key, RejectionReason.BAD_ENTITY, "key").toString(), "key"));
  }

  private static String checkedEntity(String entity, String where) throws Fault {
    if (entity.isEmpty() || entity.length() > ObservationJson.MAX_ENTITY_LENGTH) {
      throw new Fault(
          RejectionReason.BAD_ENTITY,
          "%s: expected an entity of 1 to %d characters, found %d"
              .formatted(where, ObservationJson.MAX_ENTITY_LENGTH, entity.length()));
    }
    return entity;
  }

  private static CharBuffer decodeUtf8(byte[] bytes, RejectionReason reason, String where)
      throws Fault {
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
    } catch (CharacterCodingException e) {
      throw new Fault(reason, where + ": not valid UTF-8");
    }
  }

  private void readDocument(JsonParser json, boolean entityMatters) throws IOException, Fault {
    JsonToken first = json.nextToken();
    if (first == null) {
      throw new Fault(RejectionReason.MALFORMED_JSON, "value: empty");
    }
    if (first != JsonToken.START_OBJECT) {
      throw wrongType("value", "a JSON object", first);
    }
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      JsonToken token = json.nextToken();
      switch (name) {
        case "timestamp" -> readTimestamp(json, token);
        case "entity" -> {
          if (entityMatters) {
            readEntity(json, token);
          }
        }
        case "label" -> {}
        case "values" -> readValues(json, token);
        default -> readFlat(json, name, token);
      }
      json.skipChildren();
    }
    if (json.nextToken() != null) {
      throw new Fault(
          RejectionReason.MALFORMED_JSON,
          "expected nothing after the document" + where(json.currentTokenLocation()));
    }
  }

  private void readTimestamp(JsonParser json, JsonToken token) throws IOException, Fault {
    Optional<Instant> read =
        switch (token) {
          case VALUE_NULL -> Optional.of(timestamp);
          case VALUE_STRING -> Timestamps.parse(json.getText());
          case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> Timestamps.ofEpoch(json.getDoubleValue());
          default -> throw wrongType("timestamp", "a string or a number", token);
        };
    timestamp =
        read.orElseThrow(
            () ->
                new Fault(
                    RejectionReason.BAD_TIMESTAMP,
                    "timestamp: expected ISO-8601, yyyy-MM-dd HH:mm:ss, yyyy-MM-dd, or epoch seconds or"
                        + " milliseconds"));
  }

  private void readEntity(JsonParser json, JsonToken token) throws IOException, Fault {
    if (token == JsonToken.VALUE_STRING) {
      entity = Optional.of(checkedEntity(json.getText(), "entity"));
    } else if (token != JsonToken.VALUE_NULL) {
      throw wrongType("entity", "a string", token);
    }
  }

  private void readValues(JsonParser json, JsonToken token) throws IOException, Fault {
    if (token != JsonToken.START_OBJECT) {
      throw wrongType("values", "an object of sensors", token);
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
          throw new Fault(
              RejectionReason.NOT_FINITE,
              "sensor %s: expected a finite number, found NaN, infinity or one beyond a double"
                  .formatted(quote(name)));
        }
        values.put(name, value);
      }
      default -> throw wrongType("sensor " + quote(name), "a number or null", token);
    }
  }

  private static Fault wrongType(String what, String expected, JsonToken found) {
    return new Fault(
        RejectionReason.WRONG_TYPE,
        "%s: expected %s, found %s".formatted(what, expected, nameOf(found)));
  }

  private static String nameOf(JsonToken token) {
    return switch (token) {
      case START_OBJECT -> "an object";
      case START_ARRAY -> "an array";
      case VALUE_STRING -> "a string";
      case VALUE_TRUE, VALUE_FALSE -> "a boolean";
      case VALUE_NULL -> "null";
      default -> "a number";
    };
  }

  private static String quote(String name) {
    return '"'
        + (name.length() <= LONGEST_QUOTE ? name : name.substring(0, LONGEST_QUOTE) + '…')
        + '"';
  }

  private static String describe(JsonProcessingException e) {
    String message = e.getOriginalMessage().lines().findFirst().orElse("not JSON");
    String shortened =
        message.length() <= 2 * LONGEST_QUOTE
            ? message
            : message.substring(0, 2 * LONGEST_QUOTE) + '…';
    return e.getLocation() == null ? shortened : shortened + where(e.getLocation());
  }

  private static String where(JsonLocation location) {
    return ", at line %d, column %d".formatted(location.getLineNr(), location.getColumnNr());
  }

  /** The first thing that was wrong. It never leaves this package. */
  static final class Fault extends Exception {

    private final RejectionReason reason;

    Fault(RejectionReason reason, String detail) {
      super(detail, null, false, false);
      this.reason = reason;
    }

    RejectionReason reason() {
      return reason;
    }

    String detail() {
      return String.valueOf(getMessage());
    }
  }
}
