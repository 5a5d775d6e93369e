package dev.elbow.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Acknowledgements as Kafka records: the key names the entity, and nothing else must be there.
 *
 * <p>The value is absent, empty or JSON, {@code {"entity": "…", "timestamp": "…", "by": "…",
 * "note": "…"}}, each field of which may be absent or null; others are not looked at. The entity in
 * it is for readers of the topic, the key counts. The timestamp is in one of the formats of {@link
 * Timestamps}; without one, the record's.
 *
 * <p>What is not valid has one defined reason, as with {@link ObservationJson}.
 */
public final class AcknowledgementJson {

  private AcknowledgementJson() {}

  /**
   * Reads a record. Never throws for anything a record may hold.
   *
   * @param key the record's key; not modified
   * @param value the record's value; not modified
   * @param recordTimestamp the timestamp to fall back to
   */
  public static DecodedAcknowledgement decode(
      byte @Nullable [] key, byte @Nullable [] value, Instant recordTimestamp) {
    try {
      return new DecodedAcknowledgement.Valid(
          new AcknowledgementReader(recordTimestamp).read(key, value));
    } catch (Fault fault) {
      return new DecodedAcknowledgement.Invalid(fault.reason(), fault.detail());
    }
  }

  /** The record key of an acknowledgement: its entity in UTF-8. */
  public static byte[] encodeKey(Acknowledgement acknowledgement) {
    return acknowledgement.entity().getBytes(UTF_8);
  }

  /** The record value of an acknowledgement, fields in the order of the schema. */
  public static byte[] encodeValue(Acknowledgement acknowledgement) {
    return Json.write(
        json -> {
          json.writeStringField("entity", acknowledgement.entity());
          json.writeStringField("timestamp", acknowledgement.timestamp().toString());
          if (acknowledgement.by().isPresent()) {
            json.writeStringField("by", acknowledgement.by().get());
          }
          if (acknowledgement.note().isPresent()) {
            json.writeStringField("note", acknowledgement.note().get());
          }
        });
  }
}
