package dev.elbow.event;

import com.fasterxml.jackson.databind.JsonNode;
import dev.elbow.alarm.AlarmLevel;
import dev.elbow.input.InvalidInputException;
import java.time.Instant;
import java.time.format.DateTimeParseException;

/**
 * The fields of a JSON object, each of which must be there and of its type.
 *
 * @param object the object, or whatever else was found in its place
 * @param path what to put before a field's name in messages
 */
record Fields(JsonNode object, String path) {

  String text(String name) {
    JsonNode field = object.path(name);
    if (!field.isTextual()) {
      throw expected(name, "a string", field);
    }
    return field.textValue();
  }

  double number(String name) {
    JsonNode field = object.path(name);
    if (!field.isNumber()) {
      throw expected(name, "a number", field);
    }
    return field.doubleValue();
  }

  boolean bool(String name) {
    JsonNode field = object.path(name);
    if (!field.isBoolean()) {
      throw expected(name, "true or false", field);
    }
    return field.booleanValue();
  }

  long integer(String name) {
    JsonNode field = object.path(name);
    if (!field.isIntegralNumber() || !field.canConvertToLong()) {
      throw expected(name, "a whole number", field);
    }
    return field.longValue();
  }

  int smallInteger(String name) {
    long value = integer(name);
    if (value != (int) value) {
      throw expected(name, "a whole number of 32 bits", object.path(name));
    }
    return (int) value;
  }

  AlarmLevel level(String name) {
    String text = text(name);
    for (AlarmLevel level : AlarmLevel.values()) {
      if (Json.code(level).equals(text)) {
        return level;
      }
    }
    throw expected(name, "normal, alarm or shift", object.path(name));
  }

  Instant instant(String name) {
    String text = text(name);
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw expected(name, "an ISO-8601 instant", object.path(name));
    }
  }

  JsonNode array(String name) {
    JsonNode field = object.path(name);
    if (!field.isArray()) {
      throw expected(name, "an array", field);
    }
    return field;
  }

  Coordinates source() {
    Fields source = new Fields(object.path("source"), path + "source.");
    return new Coordinates(
        source.text("topic"), source.smallInteger("partition"), source.integer("offset"));
  }

  ScoreSummary summary() {
    return new ScoreSummary(
        number("score"),
        number("smoothed"),
        number("threshold"),
        number("reconstruction"),
        number("kl"),
        number("tailProbability"),
        smallInteger("observed"),
        smallInteger("features"));
  }

  private InvalidInputException expected(String name, String type, JsonNode found) {
    return new InvalidInputException(
        "%s%s: expected %s, found %s"
            .formatted(path, name, type, found.isMissingNode() ? "nothing" : found.toString()));
  }
}
