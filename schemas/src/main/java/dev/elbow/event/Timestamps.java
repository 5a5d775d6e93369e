package dev.elbow.event;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.TemporalAccessor;
import java.util.Optional;

/**
 * The ways in which data may say when it was observed: ISO-8601, {@code yyyy-MM-dd HH:mm:ss} with
 * or without a fraction, {@code yyyy-MM-dd}, and seconds or milliseconds since the epoch. A time
 * without an offset is UTC, and a date alone is its midnight in UTC.
 */
public final class Timestamps {

  /** The first millisecond of the year 0 and the last of the year 9999, the range of ISO-8601. */
  private static final long FIRST_MILLI = -62_167_219_200_000L;

  private static final long LAST_MILLI = 253_402_300_799_999L;

  /**
   * From this magnitude on a number counts milliseconds: as seconds it would lie beyond the year
   * 5138, as milliseconds below it within four years of 1970.
   */
  private static final double MILLIS_FROM = 1e11;

  /** Characters of {@code yyyy-MM-dd}. */
  private static final int DATE_LENGTH = 10;

  private Timestamps() {}

  /** Reads any of the formats; empty if the text is in none of them. */
  public static Optional<Instant> parse(String text) {
    String trimmed = text.strip();
    return looksNumeric(trimmed) ? parseEpoch(trimmed) : parseDateTime(trimmed);
  }

  /**
   * Seconds since the epoch, to the millisecond, or milliseconds if the magnitude is at least 10¹¹;
   * empty if the result is no date of the years 0 to 9999 or the number is not finite.
   */
  public static Optional<Instant> ofEpoch(double secondsOrMillis) {
    double millis =
        Math.abs(secondsOrMillis) < MILLIS_FROM ? secondsOrMillis * 1000 : secondsOrMillis;
    return millis >= FIRST_MILLI && millis <= LAST_MILLI
        ? Optional.of(Instant.ofEpochMilli(Math.round(millis)))
        : Optional.empty();
  }

  /** A time as such, if it is one of the years 0 to 9999. */
  static Optional<Instant> inRange(Instant time) {
    long millis = time.getEpochSecond() * 1000;
    return millis >= FIRST_MILLI && millis <= LAST_MILLI ? Optional.of(time) : Optional.empty();
  }

  private static boolean looksNumeric(String text) {
    return text.chars().allMatch(c -> (c >= '0' && c <= '9') || ".-+eE".indexOf(c) >= 0)
        && text.lastIndexOf('-') <= 0;
  }

  private static Optional<Instant> parseEpoch(String text) {
    try {
      return ofEpoch(Double.parseDouble(text));
    } catch (NumberFormatException notANumber) {
      return Optional.empty();
    }
  }

  private static Optional<Instant> parseDateTime(String text) {
    String iso = text;
    if (text.length() == DATE_LENGTH) {
      iso = text + "T00:00:00";
    } else if (text.length() > DATE_LENGTH && text.charAt(DATE_LENGTH) == ' ') {
      iso = text.substring(0, DATE_LENGTH) + 'T' + text.substring(DATE_LENGTH + 1);
    }
    try {
      TemporalAccessor parsed =
          DateTimeFormatter.ISO_DATE_TIME.parseBest(iso, ZonedDateTime::from, LocalDateTime::from);
      Instant instant =
          parsed instanceof LocalDateTime local
              ? local.toInstant(ZoneOffset.UTC)
              : Instant.from(parsed);
      boolean inRange =
          !instant.isBefore(Instant.ofEpochMilli(FIRST_MILLI))
              && !instant.isAfter(Instant.ofEpochMilli(LAST_MILLI));
      return inRange ? Optional.of(instant) : Optional.empty();
    } catch (DateTimeParseException inNoFormat) {
      return Optional.empty();
    }
  }
}
