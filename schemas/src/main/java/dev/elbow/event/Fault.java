package dev.elbow.event;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;

/** The first thing that was wrong with a record. It never leaves this package. */
final class Fault extends Exception {

  /** A field's name is repeated in a detail up to this many characters. */
  private static final int LONGEST_QUOTE = 80;

  private final RejectionReason reason;

  Fault(RejectionReason reason, String detail) {
    super(detail, null, false, false);
    this.reason = reason;
  }

  static Fault wrongType(String what, String expected, JsonToken found) {
    return wrongType(what, expected, nameOf(found));
  }

  static Fault wrongType(String what, String expected, String found) {
    return new Fault(
        RejectionReason.WRONG_TYPE, "%s: expected %s, found %s".formatted(what, expected, found));
  }

  static Fault notFinite(String sensor) {
    return new Fault(
        RejectionReason.NOT_FINITE,
        "sensor %s: expected a finite number, found NaN, infinity or one beyond a double"
            .formatted(quote(sensor)));
  }

  static Fault badTimestamp() {
    return new Fault(
        RejectionReason.BAD_TIMESTAMP,
        "timestamp: expected ISO-8601, yyyy-MM-dd HH:mm:ss, yyyy-MM-dd, or epoch seconds or"
            + " milliseconds");
  }

  static Fault notJson(JsonProcessingException e) {
    String message = e.getOriginalMessage().lines().findFirst().orElse("not JSON");
    String shortened =
        message.length() <= 2 * LONGEST_QUOTE
            ? message
            : message.substring(0, 2 * LONGEST_QUOTE) + '…';
    return new Fault(
        RejectionReason.MALFORMED_JSON,
        e.getLocation() == null ? shortened : shortened + where(e.getLocation()));
  }

  RejectionReason reason() {
    return reason;
  }

  String detail() {
    return String.valueOf(getMessage());
  }

  /** A name as details have it. */
  static String quote(String name) {
    return '"'
        + (name.length() <= LONGEST_QUOTE ? name : name.substring(0, LONGEST_QUOTE) + '…')
        + '"';
  }

  /** A place as details have it. */
  static String where(JsonLocation location) {
    return ", at line %d, column %d".formatted(location.getLineNr(), location.getColumnNr());
  }

  private static String nameOf(JsonToken token) {
    return switch (token) {
      case START_OBJECT -> "an object";
      case START_ARRAY -> "an array";
      case VALUE_STRING -> "a string";
      case VALUE_TRUE, VALUE_FALSE -> "a boolean";
      case VALUE_NULL -> "null";
      default -> "a number";
    };
  }
}
