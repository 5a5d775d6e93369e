package dev.elbow.event;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads one acknowledgement, field by field, in one pass. */
final class AcknowledgementReader {

  private Instant timestamp;
  private Optional<String> by = Optional.empty();
  private Optional<String> note = Optional.empty();

  AcknowledgementReader(Instant recordTimestamp) {
    this.timestamp = recordTimestamp;
  }

  Acknowledgement read(byte @Nullable [] key, byte @Nullable [] value) throws Fault {
    String entity =
        RecordText.entityOf(key)
            .orElseThrow(
                () ->
                    new Fault(
                        RejectionReason.BAD_ENTITY,
                        "key: expected the entity whose shift is acknowledged, found none"));
    if (value != null && value.length > 0) {
      RecordText.readObject(value, this::readField);
    }
    return new Acknowledgement(entity, timestamp, by, note);
  }

  private void readField(JsonParser json, String name, JsonToken token) throws IOException, Fault {
    switch (name) {
      case "entity" -> text(json, name, token);
      case "timestamp" -> timestamp = RecordText.timestamp(json, token, timestamp);
      case "by" -> by = text(json, name, token);
      case "note" -> note = text(json, name, token);
      default -> {}
    }
  }

  private static Optional<String> text(JsonParser json, String name, JsonToken token)
      throws IOException, Fault {
    return switch (token) {
      case VALUE_NULL -> Optional.empty();
      case VALUE_STRING -> Optional.of(json.getText());
      default -> throw Fault.wrongType(name, "a string", token);
    };
  }
}
