package dev.elbow.event;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.avro.Schema;

/**
 * How the timestamp is written: a long with a logical type, or what JSON may hold, a number or a
 * text; or a union of such and null.
 */
final class AvroTime {

  /** What a branch may be. */
  private enum Kind {
    ABSENT,
    MILLIS,
    MICROS,
    NANOS,
    WHOLE,
    FLOAT,
    DOUBLE,
    TEXT
  }

  private static final long NANOS_PER_SECOND = 1_000_000_000;

  private final Kind[] kinds;
  private final boolean union;

  private AvroTime(Kind[] kinds, boolean union) {
    this.kinds = kinds;
    this.union = union;
  }

  /** Empty if the schema allows anything that cannot be a time. */
  static Optional<AvroTime> of(Schema schema) {
    List<Schema> branches = schema.isUnion() ? schema.getTypes() : List.of(schema);
    Kind[] kinds = branches.stream().flatMap(AvroTime::kindOf).toArray(Kind[]::new);
    boolean usable =
        kinds.length == branches.size() && Arrays.stream(kinds).anyMatch(k -> k != Kind.ABSENT);
    return usable ? Optional.of(new AvroTime(kinds, schema.isUnion())) : Optional.empty();
  }

  private static Stream<Kind> kindOf(Schema schema) {
    return switch (schema.getType()) {
      case NULL -> Stream.of(Kind.ABSENT);
      case FLOAT -> Stream.of(Kind.FLOAT);
      case DOUBLE -> Stream.of(Kind.DOUBLE);
      case STRING -> Stream.of(Kind.TEXT);
      case INT -> schema.getLogicalType() == null ? Stream.of(Kind.WHOLE) : Stream.empty();
      case LONG -> Stream.of(longKind(schema));
      default -> Stream.empty();
    };
  }

  private static Kind longKind(Schema schema) {
    String logical = schema.getProp("logicalType");
    return switch (logical == null ? "" : logical) {
      case "timestamp-millis", "local-timestamp-millis" -> Kind.MILLIS;
      case "timestamp-micros", "local-timestamp-micros" -> Kind.MICROS;
      case "timestamp-nanos", "local-timestamp-nanos" -> Kind.NANOS;
      default -> Kind.WHOLE;
    };
  }

  /**
   * @param otherwise where it is null
   */
  Instant read(AvroCursor in, Instant otherwise) throws Fault {
    Kind kind = kinds[union ? in.branch(kinds.length) : 0];
    Optional<Instant> time =
        switch (kind) {
          case ABSENT -> Optional.of(otherwise);
          case MILLIS -> Timestamps.inRange(Instant.ofEpochMilli(in.number()));
          case MICROS -> Timestamps.inRange(Instant.EPOCH.plus(in.number(), ChronoUnit.MICROS));
          case NANOS -> Timestamps.inRange(ofNanos(in.number()));
          case WHOLE -> Timestamps.ofEpoch((double) in.number());
          case FLOAT -> Timestamps.ofEpoch(in.float32());
          case DOUBLE -> Timestamps.ofEpoch(in.float64());
          case TEXT ->
              Timestamps.parse(AvroText.read(in, RejectionReason.BAD_TIMESTAMP, "timestamp"));
        };
    return time.orElseThrow(Fault::badTimestamp);
  }

  private static Instant ofNanos(long nanos) {
    return Instant.ofEpochSecond(
        Math.floorDiv(nanos, NANOS_PER_SECOND), Math.floorMod(nanos, NANOS_PER_SECOND));
  }
}
