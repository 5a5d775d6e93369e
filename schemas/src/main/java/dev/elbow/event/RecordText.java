package dev.elbow.event;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What all records that people and machines send in have in common: the key and the document. */
final class RecordText {

  private RecordText() {}

  /** Reads a field of the document; children it leaves unread are skipped. */
  @FunctionalInterface
  interface FieldReader {
    void read(JsonParser json, String name, JsonToken token) throws IOException, Fault;
  }

  /** The entity that a key names; empty if there is no key. */
  static Optional<String> entityOf(byte @Nullable [] key) throws Fault {
    if (key == null || key.length == 0) {
      return Optional.empty();
    }
    String entity =
        isAscii(key)
            ? new String(key, ISO_8859_1)
            : decodeUtf8(key, RejectionReason.BAD_ENTITY, "key").toString();
    return Optional.of(checkedEntity(entity, "key"));
  }

  private static boolean isAscii(byte[] text) {
    for (byte next : text) {
      if (next < 0) {
        return false;
      }
    }
    return true;
  }

  /**
   * @param where the entity was found
   */
  static String checkedEntity(String entity, String where) throws Fault {
    if (entity.isEmpty() || entity.length() > ObservationJson.MAX_ENTITY_LENGTH) {
      throw new Fault(
          RejectionReason.BAD_ENTITY,
          "%s: expected an entity of 1 to %d characters, found %d"
              .formatted(where, ObservationJson.MAX_ENTITY_LENGTH, entity.length()));
    }
    return entity;
  }

  /** Reads the one JSON object of a value. */
  static void readObject(byte[] value, FieldReader field) throws Fault {
    CharBuffer text = decodeUtf8(value, RejectionReason.MALFORMED_JSON, "value");
    try (JsonParser json =
        Json.FACTORY.createParser(
            text.array(), text.arrayOffset() + text.position(), text.remaining())) {
      readObject(json, field);
    } catch (JsonProcessingException e) {
      throw Fault.notJson(e);
    } catch (IOException e) {
      throw new UncheckedIOException("reading from memory failed", e);
    }
  }

  private static void readObject(JsonParser json, FieldReader field) throws IOException, Fault {
    JsonToken first = json.nextToken();
    if (first == null) {
      throw new Fault(RejectionReason.MALFORMED_JSON, "value: empty");
    }
    if (first != JsonToken.START_OBJECT) {
      throw Fault.wrongType("value", "a JSON object", first);
    }
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      field.read(json, name, json.nextToken());
      json.skipChildren();
    }
    if (json.nextToken() != null) {
      throw new Fault(
          RejectionReason.MALFORMED_JSON,
          "expected nothing after the document" + Fault.where(json.currentTokenLocation()));
    }
  }

  /**
   * @param otherwise where the field is null
   */
  static Instant timestamp(JsonParser json, JsonToken token, Instant otherwise)
      throws IOException, Fault {
    Optional<Instant> read =
        switch (token) {
          case VALUE_NULL -> Optional.of(otherwise);
          case VALUE_STRING -> Timestamps.parse(json.getText());
          case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> Timestamps.ofEpoch(json.getDoubleValue());
          default -> throw Fault.wrongType("timestamp", "a string or a number", token);
        };
    return read.orElseThrow(Fault::badTimestamp);
  }

  private static CharBuffer decodeUtf8(byte[] bytes, RejectionReason reason, String where)
      throws Fault {
    return decodeUtf8(bytes, 0, bytes.length, reason, where);
  }

  static CharBuffer decodeUtf8(
      byte[] bytes, int from, int length, RejectionReason reason, String where) throws Fault {
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, from, length));
    } catch (CharacterCodingException e) {
      throw new Fault(reason, where + ": not valid UTF-8");
    }
  }
}
