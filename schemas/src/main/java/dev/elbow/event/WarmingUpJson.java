package dev.elbow.event;

import dev.elbow.input.InvalidInputException;

/** Observations without a score as JSON, one flat object as its JSON Schema describes. */
public final class WarmingUpJson {

  /** What the field {@code status} says; a score has none. */
  static final String STATUS = "warming-up";

  private WarmingUpJson() {}

  /** The JSON in UTF-8, fields in the order of the schema. */
  public static byte[] encode(WarmingUp event) {
    return encode(event, false);
  }

  /** The same of a record that was read once more: it says so. */
  public static byte[] encodeReplay(WarmingUp event) {
    return encode(event, true);
  }

  private static byte[] encode(WarmingUp event, boolean replay) {
    return Json.write(
        json -> {
          json.writeStringField("entity", event.entity());
          json.writeStringField("timestamp", event.timestamp().toString());
          json.writeStringField("status", STATUS);
          json.writeNumberField("known", event.known());
          json.writeNumberField("needed", event.needed());
          json.writeStringField("model", event.model());
          Json.writeSource(json, event.source());
          if (replay) {
            json.writeBooleanField(Json.REPLAY, true);
          }
        });
  }

  /**
   * Reads one; fields it does not know are not looked at.
   *
   * @param value UTF-8; not modified
   * @throws InvalidInputException if it is not the JSON of one; the message names the field
   */
  public static WarmingUp decode(byte[] value) {
    return Json.read("warming up", value, WarmingUpJson::event);
  }

  private static WarmingUp event(Fields json) {
    if (!json.text("status").equals(STATUS)) {
      throw new InvalidInputException(
          "status: expected %s, found %s".formatted(STATUS, json.text("status")));
    }
    return new WarmingUp(
        json.text("entity"),
        json.instant("timestamp"),
        json.smallInteger("known"),
        json.smallInteger("needed"),
        json.text("model"),
        json.source());
  }
}
