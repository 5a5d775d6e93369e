package dev.elbow.detector.topology;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.elbow.detector.models.LoadedModel;
import dev.elbow.detector.packing.Frame;
import dev.elbow.event.Coordinates;
import dev.elbow.event.Observation;
import dev.elbow.event.Rejection;
import dev.elbow.event.RejectionReason;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.Record;

/**
 * A record of a topic that is read, and where it lies.
 *
 * @param record key and value as bytes, either of which may be null
 * @param coordinates where it lies
 */
record SourceRecord(Record<byte[], byte[]> record, Coordinates coordinates) {

  /**
   * The records of a frame.
   *
   * @param first where its first record lies
   */
  static List<SourceRecord> allOf(Frame frame, Coordinates first) {
    return frame.records().stream()
        .map(packed -> new SourceRecord(packed.record(), at(first, packed.offset())))
        .toList();
  }

  private static Coordinates at(Coordinates first, long offset) {
    return new Coordinates(first.topic(), first.partition(), offset);
  }

  Instant timestamp() {
    return Instant.ofEpochMilli(record.timestamp());
  }

  /** What is wrong with a value of more than {@code most} bytes; empty if it is not that large. */
  Optional<String> oversized(int most) {
    byte[] value = record.value();
    return value == null || value.length <= most
        ? Optional.empty()
        : Optional.of(
            "value: expected at most %d bytes (observation.max.bytes), found %d"
                .formatted(most, value.length));
  }

  /**
   * Why it cannot be used.
   *
   * @param model that it was read for, if there is one
   */
  Rejection rejection(RejectionReason reason, String detail, Optional<LoadedModel> model) {
    String id = model.map(LoadedModel::id).orElse(Rejection.NO_MODEL);
    return new Rejection(reason, detail, coordinates, timestamp(), id, Optional.empty());
  }

  /** The entity by the key alone; what it holds may name another. */
  String entityOfKey() {
    byte[] key = record.key();
    return key == null || key.length == 0 ? Observation.DEFAULT_ENTITY : new String(key, UTF_8);
  }
}
