package dev.elbow.event;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.Month;
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

  /** Characters of {@code yyyy-MM-ddTHH:mm:ss}, and with a fraction of nine digits and a Z. */
  private static final int TIME_LENGTH = 19;

  private static final int LONGEST_TIME = TIME_LENGTH + 11;

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

  /**
   * The commonest formats from their bytes: {@code yyyy-MM-ddTHH:mm:ss} or with a blank for the T,
   * a fraction of up to nine digits or none, a Z or nothing. Empty for all others, valid or not.
   */
  static Optional<Instant> ofIso(byte[] text, int from, int to) {
    int length = to - from;
    boolean shaped =
        length >= TIME_LENGTH
            && length <= LONGEST_TIME
            && text[from + 4] == '-'
            && text[from + 7] == '-'
            && (text[from + DATE_LENGTH] == 'T' || text[from + DATE_LENGTH] == ' ')
            && text[from + 13] == ':'
            && text[from + 16] == ':';
    if (!shaped) {
      return Optional.empty();
    }
    int year = digits(text, from, 4);
    int month = digits(text, from + 5, 2);
    int day = digits(text, from + 8, 2);
    int hour = digits(text, from + 11, 2);
    int minute = digits(text, from + 14, 2);
    int second = digits(text, from + 17, 2);
    int nano = nanos(text, from + TIME_LENGTH, to);
    boolean valid =
        Math.min(Math.min(year, hour), Math.min(minute, second)) >= 0
            && nano >= 0
            && month >= 1
            && month <= 12
            && day >= 1
            && day <= Month.of(month).minLength()
            && hour < 24
            && minute < 60
            && second < 60;
    return valid
        ? Optional.of(
            Instant.ofEpochSecond(
                LocalDate.of(year, month, day).toEpochDay() * 86_400
                    + hour * 3600L
                    + minute * 60L
                    + second,
                nano))
        : Optional.empty();
  }

  /** What follows the seconds, in nanoseconds; negative if it is no fraction, Z or nothing. */
  private static int nanos(byte[] text, int from, int to) {
    int end = to > from && text[to - 1] == 'Z' ? to - 1 : to;
    if (end == from) {
      return 0;
    }
    int count = end - from - 1;
    if (text[from] != '.' || count < 1 || count > 9) {
      return -1;
    }
    int nanos = digits(text, from + 1, count);
    for (int k = count; k < 9; k++) {
      nanos *= 10;
    }
    return nanos;
  }

  /** A number of that many digits; negative if one of them is none. */
  private static int digits(byte[] text, int from, int count) {
    int number = 0;
    for (int k = from; k < from + count; k++) {
      if (text[k] < '0' || text[k] > '9') {
        return -1;
      }
      number = 10 * number + (text[k] - '0');
    }
    return number;
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
