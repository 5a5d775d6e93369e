package dev.elbow.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Observations as Kafka records: the key names the entity, the value is JSON.
 *
 * <p>The value is {@code {"timestamp": "…", "values": {"pressure": 0.38, …}}}, or the sensors are
 * top-level fields of their own:
 *
 * <ul>
 *   <li>A sensor is a JSON number; {@code null} means missing, like an absent field.
 *   <li>Where {@code values} is given, other top-level fields are not looked at. Without it, every
 *       top-level field but {@code timestamp}, {@code entity} and {@code label} is a sensor.
 *   <li>The entity is the record's key in UTF-8; without a key, the field {@code entity}; without
 *       that, {@link Observation#DEFAULT_ENTITY}. An entity has at most {@value #MAX_ENTITY_LENGTH}
 *       characters.
 *   <li>The timestamp is in one of the formats of {@link Timestamps}; without one, the record's.
 * </ul>
 *
 * <p>What is not valid has one defined reason, the first fault in the order of the document: the
 * literals {@code NaN} and {@code Infinity}, which some writers emit, and numbers beyond a double
 * are {@code not-finite}; a field given twice, text after the document, invalid UTF-8 and more than
 * {@value ObservationReader#MAX_NESTING} levels of nesting are {@code malformed-json}.
 */
public final class ObservationJson {

  /** JSON as a format among others. */
  public static final ObservationFormat FORMAT =
      new ObservationFormat() {
        @Override
        public RowReader rows(SensorColumns columns) {
          return new JsonRowReader(columns);
        }

        @Override
        public byte[] encodeValue(Observation observation) {
          return ObservationJson.encodeValue(observation);
        }
      };

  /** How many characters an entity's name may have. */
  public static final int MAX_ENTITY_LENGTH = 256;

  static final Decoded.Invalid TOMBSTONE =
      new Decoded.Invalid(RejectionReason.TOMBSTONE, "the record has no value");

  private ObservationJson() {}

  /**
   * Reads a record. Never throws for anything a record may hold.
   *
   * @param key the record's key; not modified
   * @param value the record's value; not modified
   * @param recordTimestamp the timestamp to fall back to
   */
  public static Decoded decode(
      byte @Nullable [] key, byte @Nullable [] value, Instant recordTimestamp) {
    if (value == null) {
      return TOMBSTONE;
    }
    try {
      Optional<String> keyed = RecordText.entityOf(key);
      return new Decoded.Valid(new ObservationReader(keyed, recordTimestamp).read(value));
    } catch (Fault fault) {
      return new Decoded.Invalid(fault.reason(), fault.detail());
    }
  }

  /** The record key of an observation: its entity in UTF-8. */
  public static byte[] encodeKey(Observation observation) {
    return observation.entity().getBytes(UTF_8);
  }

  /** The record value of an observation, sensors under {@code values} in the order they have. */
  public static byte[] encodeValue(Observation observation) {
    return Json.write(
        json -> {
          json.writeStringField("timestamp", observation.timestamp().toString());
          json.writeObjectFieldStart("values");
          for (Map.Entry<String, Double> sensor : observation.values().entrySet()) {
            json.writeNumberField(sensor.getKey(), sensor.getValue());
          }
          json.writeEndObject();
        });
  }
}
