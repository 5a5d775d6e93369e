package dev.elbow.event;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import dev.elbow.input.InvalidInputException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Anomalies as JSON, one flat object as its JSON Schema describes. */
public final class AnomalyJson {

  private AnomalyJson() {}

  /** The JSON of an anomaly in UTF-8, fields in the order of the schema. */
  public static byte[] encode(Anomaly anomaly) {
    return Json.write(
        json -> {
          json.writeStringField("id", anomaly.id());
          json.writeStringField("entity", anomaly.entity());
          json.writeStringField("timestamp", anomaly.timestamp().toString());
          Json.writeSummary(json, anomaly.summary());
          json.writeArrayFieldStart("missing");
          for (String sensor : anomaly.missing()) {
            json.writeString(sensor);
          }
          json.writeEndArray();
          json.writeArrayFieldStart("contributions");
          for (Contribution contribution : anomaly.contributions()) {
            write(json, contribution);
          }
          json.writeEndArray();
          json.writeStringField("model", anomaly.model());
          json.writeStringField("detector", anomaly.detector());
          Json.writeSource(json, anomaly.source());
          json.writeStringField("status", Json.code(anomaly.status()));
        });
  }

  private static void write(JsonGenerator json, Contribution contribution) throws IOException {
    json.writeStartObject();
    json.writeStringField("name", contribution.name());
    json.writeNumberField("actual", contribution.actual());
    json.writeNumberField("expected", contribution.expected());
    json.writeNumberField("sigma", contribution.sigma());
    json.writeNumberField("nats", contribution.nats());
    json.writeEndObject();
  }

  /**
   * Reads an anomaly; fields it does not know are not looked at.
   *
   * @param value UTF-8; not modified
   * @throws InvalidInputException if it is not the JSON of an anomaly; the message names the field
   */
  public static Anomaly decode(byte[] value) {
    return Json.read("anomaly", value, AnomalyJson::anomaly);
  }

  static Anomaly anomaly(Fields json) {
    return new Anomaly(
        json.text("id"),
        json.text("entity"),
        json.instant("timestamp"),
        json.summary(),
        json.texts("missing"),
        contributions(json.array("contributions")),
        json.text("model"),
        json.text("detector"),
        json.source(),
        json.level("status"));
  }

  private static List<Contribution> contributions(JsonNode array) {
    List<Contribution> contributions = new ArrayList<>();
    for (JsonNode element : array) {
      Fields json = new Fields(element, "contributions.");
      contributions.add(
          new Contribution(
              json.text("name"),
              json.number("actual"),
              json.number("expected"),
              json.number("sigma"),
              json.number("nats")));
    }
    return contributions;
  }
}
