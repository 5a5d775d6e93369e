package dev.elbow.event;

import com.fasterxml.jackson.databind.JsonNode;
import dev.elbow.input.InvalidInputException;
import java.time.Instant;
import java.util.Optional;

/**
 * Activations as JSON: {@code {"formatVersion": 1, "bundle": "…", "effectiveFrom": "…", "entities":
 * "*"}}. {@code bundle} is null where a group gives its own up; other fields are not looked at.
 */
public final class ActivationJson {

  private static final int FORMAT_VERSION = 1;

  private ActivationJson() {}

  /** Fields in the order of the schema. */
  public static byte[] encode(Activation activation) {
    return Json.write(
        json -> {
          json.writeNumberField("formatVersion", FORMAT_VERSION);
          if (activation.bundle().isPresent()) {
            json.writeStringField("bundle", activation.bundle().get());
          } else {
            json.writeNullField("bundle");
          }
          json.writeStringField("effectiveFrom", activation.effectiveFrom().toString());
          json.writeStringField("entities", activation.entities().pattern());
        });
  }

  /**
   * Reads an activation.
   *
   * @throws InvalidInputException if it is none, or one of another version
   */
  public static Activation decode(byte[] value) {
    return Json.read("activation", value, ActivationJson::activation);
  }

  private static Activation activation(Fields fields) {
    long version = fields.integer("formatVersion");
    if (version != FORMAT_VERSION) {
      throw new InvalidInputException(
          "formatVersion: expected %d, found %d; this is for another version of Elbow"
              .formatted(FORMAT_VERSION, version));
    }
    JsonNode bundle = fields.object().path("bundle");
    Instant from = fields.instant("effectiveFrom");
    return new Activation(
        bundle.isNull() ? Optional.empty() : Optional.of(fields.text("bundle")),
        Timestamps.inRange(from)
            .orElseThrow(
                () ->
                    new InvalidInputException(
                        "effectiveFrom: expected a time of the years 0 to 9999, found " + from)),
        new EntityGroup(fields.text("entities")));
  }
}
