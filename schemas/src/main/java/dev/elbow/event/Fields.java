package dev.elbow.event;

import com.fasterxml.jackson.databind.JsonNode;
import dev.elbow.alarm.AlarmLevel;
import dev.elbow.input.InvalidInputException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

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
    return oneOf(name, AlarmLevel.values());
  }

  /**
   * @param constants two or more of an enum
   */
  <E extends Enum<E>> E oneOf(String name, E[] constants) {
    String text = text(name);
    for (E constant : constants) {
      if (Json.code(constant).equals(text)) {
        return constant;
      }
    }
    List<String> codes = Stream.of(constants).map(Json::code).toList();
    int last = codes.size() - 1;
    throw expected(
        name,
        String.join(", ", codes.subList(0, last)) + " or " + codes.get(last),
        object.path(name));
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

  /** The fields of an object within this one. */
  Fields fields(String name) {
    return new Fields(object.path(name), path + name + ".");
  }

  List<String> texts(String name) {
    List<String> texts = new ArrayList<>();
    for (JsonNode element : array(name)) {
      if (!element.isTextual()) {
        throw expected(name, "strings", element);
      }
      texts.add(element.textValue());
    }
    return texts;
  }

  Coordinates source() {
    return coordinates("source");
  }

  Coordinates coordinates(String name) {
    Fields json = fields(name);
    return new Coordinates(
        json.text("topic"), json.smallInteger("partition"), json.integer("offset"));
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
