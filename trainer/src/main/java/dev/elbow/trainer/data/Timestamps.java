package dev.elbow.trainer.data;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.TemporalAccessor;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * Reads the ways a point in time is written in data files: ISO-8601 with or without time and zone
 * (without one it is UTC; a space may stand for the T), and numbers since 1970-01-01T00:00:00Z.
 *
 * <p>A number says its unit by its size: below 10¹¹ in magnitude it counts seconds (10¹¹ s is the
 * year 5138), from there on milliseconds (10¹¹ ms is 3 March 1973). Decimals are allowed. What does
 * not fall within the years 1678 to 2261, such as microseconds, is refused.
 */
final class Timestamps {

  private static final Pattern EPOCH =
      Pattern.compile("[+-]?\\d{1,20}(\\.\\d*)?([eE][+-]?\\d\\d?)?");
  private static final BigDecimal SECONDS_BELOW = BigDecimal.valueOf(100_000_000_000L);
  private static final BigDecimal NANOS_PER_SECOND = BigDecimal.valueOf(1_000_000_000L);
  private static final BigDecimal NANOS_PER_MILLI = BigDecimal.valueOf(1_000_000L);

  /** Offsets as +02:00, +0200, +02 or Z. */
  private static final DateTimeFormatter ISO =
      new DateTimeFormatterBuilder()
          .parseCaseInsensitive()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .optionalStart()
          .appendLiteral('T')
          .append(DateTimeFormatter.ISO_LOCAL_TIME)
          .optionalStart()
          .appendPattern("[XXX][XX][X]")
          .toFormatter()
          .withResolverStyle(ResolverStyle.STRICT);

  private Timestamps() {}

  /** The time, exact to the nanosecond; empty if it is not written in one of the ways above. */
  static Optional<Instant> parse(String text) {
    try {
      return Optional.of(EPOCH.matcher(text).matches() ? parseEpoch(text) : parseIso(text));
    } catch (DateTimeException | ArithmeticException e) {
      return Optional.empty();
    }
  }

  private static Instant parseEpoch(String text) {
    BigDecimal number = new BigDecimal(text);
    BigDecimal unit =
        number.abs().compareTo(SECONDS_BELOW) < 0 ? NANOS_PER_SECOND : NANOS_PER_MILLI;
    return ofEpochNanos(number.multiply(unit).setScale(0, RoundingMode.FLOOR).longValueExact());
  }

  private static Instant parseIso(String text) {
    boolean spaced = text.length() > 10 && text.charAt(10) == ' ';
    String iso = spaced ? text.substring(0, 10) + 'T' + text.substring(11) : text;
    TemporalAccessor time =
        ISO.parseBest(iso, OffsetDateTime::from, LocalDateTime::from, LocalDate::from);
    Instant instant;
    if (time instanceof OffsetDateTime zoned) {
      instant = zoned.toInstant();
    } else if (time instanceof LocalDateTime local) {
      instant = local.toInstant(ZoneOffset.UTC);
    } else {
      instant = LocalDate.from(time).atStartOfDay().toInstant(ZoneOffset.UTC);
    }
    return ofEpochNanos(toEpochNanos(instant));
  }

  /**
   * @throws ArithmeticException if the time is not within the years 1678 to 2261
   */
  static long toEpochNanos(Instant instant) {
    long wholeSeconds = TimeUnit.SECONDS.toNanos(1);
    return Math.addExact(
        Math.multiplyExact(instant.getEpochSecond(), wholeSeconds), instant.getNano());
  }

  static Instant ofEpochNanos(long nanos) {
    long perSecond = TimeUnit.SECONDS.toNanos(1);
    return Instant.ofEpochSecond(Math.floorDiv(nanos, perSecond), Math.floorMod(nanos, perSecond));
  }
}
