package dev.elbow.event;

import dev.elbow.input.InvalidInputException;

/** Scores as JSON, one flat object as its JSON Schema describes. */
public final class ScoreEventJson {

  private ScoreEventJson() {}

  /** The JSON of a score in UTF-8, fields in the order of the schema. */
  public static byte[] encode(ScoreEvent event) {
    return encode(event, false);
  }

  /** The same of a record that was scored once more: it says so. */
  public static byte[] encodeReplay(ScoreEvent event) {
    return encode(event, true);
  }

  private static byte[] encode(ScoreEvent event, boolean replay) {
    return Json.write(
        json -> {
          json.writeStringField("entity", event.entity());
          json.writeStringField("timestamp", event.timestamp().toString());
          Json.writeSummary(json, event.summary());
          json.writeStringField("status", Json.code(event.status()));
          json.writeBooleanField("anomalous", event.anomalous());
          json.writeStringField("model", event.model());
          Json.writeSource(json, event.source());
          if (replay) {
            json.writeBooleanField(Json.REPLAY, true);
          }
        });
  }

  /**
   * Reads a score; fields it does not know are not looked at.
   *
   * @param value UTF-8; not modified
   * @throws InvalidInputException if it is not the JSON of a score; the message names the field
   */
  public static ScoreEvent decode(byte[] value) {
    return Json.read(
        "score",
        value,
        json ->
            new ScoreEvent(
                json.text("entity"),
                json.instant("timestamp"),
                json.summary(),
                json.level("status"),
                json.bool("anomalous"),
                json.text("model"),
                json.source()));
  }
}
