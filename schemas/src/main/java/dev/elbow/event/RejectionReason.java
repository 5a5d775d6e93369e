package dev.elbow.event;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Why a record was not scored. The {@link #code} is what headers and metrics carry. */
public enum RejectionReason {
  /** The record has no value. */
  TOMBSTONE,
  /** The value is larger than the detector accepts. */
  OVERSIZED,
  /**
   * The value is not one JSON document in UTF-8: broken syntax, a field given twice, something
   * after its end, or nesting beyond any use.
   */
  MALFORMED_JSON,
  /**
   * The value is not one Avro datum of the schema it was to be written with: it ends too soon or
   * too late, a number or a text in it is broken, or the frame before it is missing.
   */
  MALFORMED_AVRO,
  /** The frame before an Avro value names a schema that the reader was not given. */
  UNKNOWN_SCHEMA,
  /** A field is present and of another type than it must be. */
  WRONG_TYPE,
  /** A sensor's value is NaN, infinite, or too large for a double. */
  NOT_FINITE,
  /** The timestamp is present and in no format that is understood. */
  BAD_TIMESTAMP,
  /** The record's key is no valid UTF-8, or the entity is empty, too long or no Unicode text. */
  BAD_ENTITY,
  /** The entity was not seen in training, and the detector is set to reject those. */
  UNKNOWN_ENTITY,
  /** Fewer of the model's sensors were observed than the detector asks for. */
  TOO_FEW_SENSORS,
  /** The observation is older than the newest one of its entity, and the model judges series. */
  OUT_OF_ORDER,
  /** The model gave no finite score. */
  UNSCORABLE,
  /** No model is activated for the entity at the time of the observation. */
  NO_MODEL;

  private final String code = name().toLowerCase(Locale.ROOT).replace('_', '-');

  /** The reason in kebab case, as headers and metrics carry it. */
  public String code() {
    return code;
  }

  /** The reason of that code, empty if there is none. */
  public static Optional<RejectionReason> ofCode(String code) {
    return Arrays.stream(values()).filter(reason -> reason.code.equals(code)).findFirst();
  }
}
