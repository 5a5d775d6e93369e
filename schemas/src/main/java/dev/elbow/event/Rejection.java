package dev.elbow.event;

import dev.elbow.input.InvalidInputException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Why a record was not scored, and where it came from.
 *
 * <p>It travels as headers of a record that keeps the original key, value and headers byte for
 * byte. A record that is rejected a second time has them twice; the last of a name counts.
 *
 * @param reason why, as a closed set
 * @param detail what was expected and what was found, for a person
 * @param source the record that was rejected
 * @param timestamp that record's Kafka timestamp
 * @param model id of the bundle that was active, or {@link #NO_MODEL}
 * @param keptAt where the original value lies if the rejections topic does not take a record that
 *     large; the rejection's own value is empty then
 */
public record Rejection(
    RejectionReason reason,
    String detail,
    Coordinates source,
    Instant timestamp,
    String model,
    Optional<String> keptAt) {

  /** In place of a bundle's id where none was active. */
  public static final String NO_MODEL = "none";

  /** Header: {@link RejectionReason#code}. */
  public static final String REASON = "elbow.reason";

  /** Header: what was expected and what was found. */
  public static final String DETAIL = "elbow.detail";

  /** Header: topic of the rejected record. */
  public static final String SOURCE_TOPIC = "elbow.source.topic";

  /** Header: partition of the rejected record. */
  public static final String SOURCE_PARTITION = "elbow.source.partition";

  /** Header: offset of the rejected record. */
  public static final String SOURCE_OFFSET = "elbow.source.offset";

  /** Header: Kafka timestamp of the rejected record, ISO-8601. */
  public static final String SOURCE_TIMESTAMP = "elbow.source.timestamp";

  /** Header: id of the bundle that was active, or {@link #NO_MODEL}. */
  public static final String MODEL = "elbow.model";

  /** Header, only for a value too large for the rejections topic: where it lies. */
  public static final String KEPT_AT = "elbow.kept.at";

  /** The headers, name to value, in the order of the constants. */
  public Map<String, String> headers() {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put(REASON, reason.code());
    headers.put(DETAIL, detail);
    headers.put(SOURCE_TOPIC, source.topic());
    headers.put(SOURCE_PARTITION, Integer.toString(source.partition()));
    headers.put(SOURCE_OFFSET, Long.toString(source.offset()));
    headers.put(SOURCE_TIMESTAMP, timestamp.toString());
    headers.put(MODEL, model);
    keptAt.ifPresent(place -> headers.put(KEPT_AT, place));
    return headers;
  }

  /**
   * A rejection from its headers; others are not looked at.
   *
   * @throws InvalidInputException if a header is missing or does not hold what it must
   */
  public static Rejection ofHeaders(Map<String, String> headers) {
    String code = require(headers, REASON);
    RejectionReason reason =
        RejectionReason.ofCode(code)
            .orElseThrow(
                () -> new InvalidInputException("header " + REASON + ": unknown reason " + code));
    try {
      return new Rejection(
          reason,
          require(headers, DETAIL),
          new Coordinates(
              require(headers, SOURCE_TOPIC),
              Integer.parseInt(require(headers, SOURCE_PARTITION)),
              Long.parseLong(require(headers, SOURCE_OFFSET))),
          Instant.parse(require(headers, SOURCE_TIMESTAMP)),
          require(headers, MODEL),
          Optional.ofNullable(headers.get(KEPT_AT)));
    } catch (IllegalArgumentException | DateTimeParseException e) {
      throw new InvalidInputException("headers of a rejection: " + e.getMessage(), e);
    }
  }

  private static String require(Map<String, String> headers, String name) {
    return Optional.ofNullable(headers.get(name))
        .orElseThrow(
            () -> new InvalidInputException("header " + name + ": missing; not a rejection"));
  }
}
