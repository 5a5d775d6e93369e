package dev.elbow.event;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.elbow.input.InvalidInputException;
import java.io.IOException;

/** The events of the anomalies topic as JSON, one flat object each as its JSON Schema describes. */
public final class AnomalyEventJson {

  private static final String STUCK = "stuck";

  private AnomalyEventJson() {}

  /** The JSON of an event in UTF-8, fields in the order of its schema. */
  public static byte[] encode(AnomalyEvent event) {
    if (event instanceof Anomaly anomaly) {
      return AnomalyJson.encode(anomaly);
    }
    return event instanceof StuckSensor stuck
        ? Json.write(json -> write(json, stuck))
        : Json.write(json -> write(json, (Silence) event));
  }

  private static void write(JsonGenerator json, StuckSensor stuck) throws IOException {
    json.writeStringField("id", stuck.id());
    json.writeStringField("entity", stuck.entity());
    json.writeStringField("timestamp", stuck.timestamp().toString());
    json.writeStringField("sensor", stuck.sensor());
    json.writeNumberField("value", stuck.value());
    json.writeNumberField("rows", stuck.rows());
    json.writeNumberField("longestInTraining", stuck.longestInTraining());
    json.writeStringField("model", stuck.model());
    Json.writeSource(json, stuck.source());
    json.writeStringField("status", STUCK);
  }

  private static void write(JsonGenerator json, Silence silence) throws IOException {
    json.writeStringField("id", silence.id());
    json.writeStringField("entity", silence.entity());
    json.writeStringField("timestamp", silence.timestamp().toString());
    json.writeStringField("lastHeard", silence.lastHeard().toString());
    json.writeNumberField("usualStepSeconds", Json.seconds(silence.usualStep()));
    Json.writeSource(json, silence.source());
    json.writeStringField("status", silence.status().code());
  }

  /**
   * Reads any of the events; fields it does not know are not looked at.
   *
   * @param value UTF-8; not modified
   * @throws InvalidInputException if it is not the JSON of one; the message names the field
   */
  public static AnomalyEvent decode(byte[] value) {
    return Json.read("anomaly", value, AnomalyEventJson::event);
  }

  private static AnomalyEvent event(Fields json) {
    String status = json.text("status");
    if (status.equals(STUCK)) {
      return stuck(json);
    }
    for (Silence.Status one : Silence.Status.values()) {
      if (status.equals(one.code())) {
        return silence(json, one);
      }
    }
    return AnomalyJson.anomaly(json);
  }

  private static StuckSensor stuck(Fields json) {
    return new StuckSensor(
        json.text("id"),
        json.text("entity"),
        json.instant("timestamp"),
        json.text("sensor"),
        json.number("value"),
        json.integer("rows"),
        json.integer("longestInTraining"),
        json.text("model"),
        json.source());
  }

  private static Silence silence(Fields json, Silence.Status status) {
    return new Silence(
        json.text("id"),
        json.text("entity"),
        status,
        json.instant("timestamp"),
        json.instant("lastHeard"),
        Json.duration(json.number("usualStepSeconds")),
        json.source());
  }
}
