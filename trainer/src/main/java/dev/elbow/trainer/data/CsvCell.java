package dev.elbow.trainer.data;

import dev.elbow.event.Timestamps;
import dev.elbow.input.InvalidInputException;
import java.time.Instant;

/**
 * One field of a CSV file with its place, read as what its column says it is.
 *
 * @param file as the user named it
 * @param line from 1, where the row begins
 * @param place column, from 0
 * @param column the column's name
 * @param text without surrounding blanks
 */
record CsvCell(String file, long line, int place, String column, String text) {

  /** A cell that swallowed half the file must not fill the terminal. */
  private static final int LONGEST_SHOWN = 60;

  /**
   * A finite number, or NaN where the field is empty, NaN or null.
   *
   * @throws InvalidInputException if it is anything else
   */
  double number() {
    if (isMissing()) {
      return Double.NaN;
    }
    double value = isDecimal(text) ? parsed() : notANumber();
    if (Double.isInfinite(value)) {
      throw wrong("expected a finite number");
    }
    return value;
  }

  private boolean isMissing() {
    return text.isEmpty() || text.equalsIgnoreCase("nan") || text.equalsIgnoreCase("null");
  }

  private double parsed() {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      return notANumber();
    }
  }

  private double notANumber() {
    String bare = text.startsWith("-") || text.startsWith("+") ? text.substring(1) : text;
    if (bare.equalsIgnoreCase("inf") || bare.equalsIgnoreCase("infinity")) {
      return Double.POSITIVE_INFINITY;
    }
    if (Timestamps.parse(text).isPresent()) {
      throw wrong(
          "expected a number; a column of times must be named %s, or say --ignore \"%s\""
              .formatted(CsvColumns.TIMESTAMP, column));
    }
    throw wrong(
        ("expected a number, or nothing, NaN or null where it is missing; if the column is not a"
                + " sensor, say so with --entity \"%s\" or --ignore \"%s\"")
            .formatted(column, column));
  }

  /** Keeps out what Java alone takes for a number, such as 1d and 0x1p3. */
  private static boolean isDecimal(String text) {
    for (int k = 0; k < text.length(); k++) {
      if ("0123456789+-.eE".indexOf(text.charAt(k)) < 0) {
        return false;
      }
    }
    return true;
  }

  /**
   * Whether the row is anomalous.
   *
   * @throws InvalidInputException if the field is not 0 or 1
   */
  boolean label() {
    return switch (text) {
      case "0", "0.0" -> false;
      case "1", "1.0" -> true;
      default -> throw wrong("expected the label 0 or 1; another label column is named by --label");
    };
  }

  /**
   * @throws InvalidInputException if the field is not a time
   */
  Instant timestamp() {
    return Timestamps.parse(text)
        .orElseThrow(
            () ->
                wrong(
                    "expected a time: ISO-8601, yyyy-MM-dd HH:mm:ss, yyyy-MM-dd, or seconds or"
                        + " milliseconds since 1970"));
  }

  /**
   * @throws InvalidInputException if the field is empty
   */
  String entity() {
    if (text.isEmpty()) {
      throw wrong("expected the name of the machine");
    }
    return text;
  }

  private InvalidInputException wrong(String expected) {
    return new InvalidInputException(
        "%s:%d:%d: column \"%s\" holds \"%s\"; %s"
            .formatted(file, line, place + 1, column, shown(), expected));
  }

  private String shown() {
    return text.length() <= LONGEST_SHOWN ? text : text.substring(0, LONGEST_SHOWN) + "…";
  }
}
