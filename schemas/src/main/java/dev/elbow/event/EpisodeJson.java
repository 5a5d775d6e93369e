package dev.elbow.event;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import dev.elbow.input.InvalidInputException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Episodes as JSON, one object as its JSON Schema describes. */
public final class EpisodeJson {

  private static final String REASON = "reason";

  private EpisodeJson() {}

  /** The JSON of an episode in UTF-8, fields in the order of the schema. */
  public static byte[] encode(Episode episode) {
    return Json.write(
        json -> {
          json.writeStringField("id", episode.id());
          json.writeStringField("entity", episode.entity());
          json.writeStringField("status", Json.code(episode.status()));
          json.writeStringField("timestamp", episode.timestamp().toString());
          json.writeStringField("start", episode.start().toString());
          json.writeStringField("end", episode.end().toString());
          json.writeNumberField("rows", episode.rows());
          json.writeNumberField("anomalies", episode.anomalies());
          json.writeBooleanField("shifted", episode.shifted());
          write(json, episode.peak());
          json.writeArrayFieldStart("blamed");
          for (Episode.Blame blame : episode.blamed()) {
            write(json, blame);
          }
          json.writeEndArray();
          json.writeStringField("model", episode.model());
          Json.writeCoordinates(json, "first", episode.first());
          Json.writeCoordinates(json, "last", episode.last());
          if (episode.reason().isPresent()) {
            json.writeStringField(REASON, episode.reason().get().code());
          }
        });
  }

  private static void write(JsonGenerator json, Episode.Peak peak) throws IOException {
    json.writeObjectFieldStart("peak");
    json.writeStringField("id", peak.id());
    json.writeStringField("timestamp", peak.timestamp().toString());
    json.writeNumberField("score", peak.score());
    json.writeNumberField("smoothed", peak.smoothed());
    json.writeNumberField("threshold", peak.threshold());
    Json.writeSource(json, peak.source());
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, Episode.Blame blame) throws IOException {
    json.writeStartObject();
    json.writeStringField("name", blame.name());
    json.writeNumberField("nats", blame.nats());
    json.writeNumberField("anomalies", blame.anomalies());
    json.writeNumberField("actual", blame.most().actual());
    json.writeNumberField("expected", blame.most().expected());
    json.writeNumberField("sigma", blame.most().sigma());
    json.writeNumberField("most", blame.most().nats());
    json.writeEndObject();
  }

  /**
   * Reads an episode; fields it does not know are not looked at.
   *
   * @param value UTF-8; not modified
   * @throws InvalidInputException if it is not the JSON of an episode; the message names the field
   */
  public static Episode decode(byte[] value) {
    return Json.read("episode", value, EpisodeJson::episode);
  }

  private static Episode episode(Fields json) {
    return new Episode(
        json.text("id"),
        json.text("entity"),
        json.oneOf("status", Episode.Status.values()),
        json.instant("timestamp"),
        json.instant("start"),
        json.instant("end"),
        json.integer("rows"),
        json.integer("anomalies"),
        json.bool("shifted"),
        peak(json.fields("peak")),
        blamed(json.array("blamed")),
        json.text("model"),
        json.coordinates("first"),
        json.coordinates("last"),
        json.object().has(REASON)
            ? Optional.of(json.oneOf(REASON, Episode.Reason.values()))
            : Optional.empty());
  }

  private static Episode.Peak peak(Fields json) {
    return new Episode.Peak(
        json.text("id"),
        json.instant("timestamp"),
        json.number("score"),
        json.number("smoothed"),
        json.number("threshold"),
        json.source());
  }

  private static List<Episode.Blame> blamed(JsonNode array) {
    List<Episode.Blame> blamed = new ArrayList<>();
    for (JsonNode element : array) {
      Fields json = new Fields(element, "blamed.");
      blamed.add(
          new Episode.Blame(
              json.number("nats"),
              json.integer("anomalies"),
              new Contribution(
                  json.text("name"),
                  json.number("actual"),
                  json.number("expected"),
                  json.number("sigma"),
                  json.number("most"))));
    }
    return blamed;
  }
}
