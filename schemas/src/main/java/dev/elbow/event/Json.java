package dev.elbow.event;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.elbow.input.InvalidInputException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Function;

/** How events are read and written, and the parts several of them share. */
final class Json {

  /**
   * Refuses fields given twice and deep nesting; lets the literals NaN and Infinity through so that
   * they can be reported as what they are; keeps no table of field names, which a hostile sender
   * could fill. Its digits of a double do not depend on the Java version.
   */
  static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(ObservationReader.MAX_NESTING)
                  .build())
          .build();

  /** Marks what was scored once more: nobody is to be alerted by it. */
  static final String REPLAY = "replay";

  private static final double NANOS = 1e9;

  private static final ObjectMapper TREES =
      new ObjectMapper(FACTORY).enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private Json() {}

  /** Writes the fields of one object. */
  @FunctionalInterface
  interface FieldWriter {
    void write(JsonGenerator json) throws IOException;
  }

  static byte[] write(FieldWriter fields) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
      json.writeStartObject();
      fields.write(json);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    return bytes.toByteArray();
  }

  static <T> T read(String what, byte[] value, Function<Fields, T> event) {
    try {
      JsonNode tree = TREES.readTree(value);
      return event.apply(new Fields(tree, ""));
    } catch (JsonProcessingException e) {
      throw new InvalidInputException(what + ": not JSON: " + e.getOriginalMessage(), e);
    } catch (InvalidInputException | IllegalArgumentException e) {
      throw new InvalidInputException(what + ": " + e.getMessage(), e);
    } catch (IOException e) {
      throw new UncheckedIOException("reading from memory failed", e);
    }
  }

  /** A constant in lower case and kebab case, as the JSON has it. */
  static String code(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** To the nanosecond. */
  static double seconds(Duration duration) {
    return duration.getSeconds() + duration.getNano() / NANOS;
  }

  /** To the nanosecond. */
  static Duration duration(double seconds) {
    return Duration.ofNanos(Math.round(seconds * NANOS));
  }

  static void writeSummary(JsonGenerator json, ScoreSummary summary) throws IOException {
    json.writeNumberField("score", summary.score());
    json.writeNumberField("smoothed", summary.smoothed());
    json.writeNumberField("threshold", summary.threshold());
    json.writeNumberField("reconstruction", summary.reconstruction());
    json.writeNumberField("kl", summary.kl());
    json.writeNumberField("tailProbability", summary.tailProbability());
    json.writeNumberField("observed", summary.observed());
    json.writeNumberField("features", summary.features());
  }

  static void writeSource(JsonGenerator json, Coordinates source) throws IOException {
    writeCoordinates(json, "source", source);
  }

  static void writeCoordinates(JsonGenerator json, String name, Coordinates coordinates)
      throws IOException {
    json.writeObjectFieldStart(name);
    json.writeStringField("topic", coordinates.topic());
    json.writeNumberField("partition", coordinates.partition());
    json.writeNumberField("offset", coordinates.offset());
    json.writeEndObject();
  }
}
