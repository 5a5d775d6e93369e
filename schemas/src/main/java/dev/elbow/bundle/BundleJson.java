package dev.elbow.bundle;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.EnumNamingStrategies;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.annotation.EnumNaming;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elbow.alarm.AlarmRule;
import dev.elbow.alarm.FixedThreshold;
import dev.elbow.alarm.ThresholdOn;
import dev.elbow.alarm.TwoClocks;
import dev.elbow.input.InvalidInputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * {@code manifest.json} and {@code golden.json}: the records to bytes and back.
 *
 * <p>The bytes are a function of the record alone: keys sorted, two blanks of indentation, line
 * feeds, the shortest decimal that gives the double back. Reading is strict: an unknown, missing,
 * doubled or mistyped field is an error that names it.
 */
final class BundleJson {

  private static final String FORMAT = "format";
  private static final String FORMAT_VERSION = "formatVersion";

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
          .disable(MapperFeature.SORT_CREATOR_PROPERTIES_FIRST)
          .enable(JsonNodeFeature.WRITE_PROPERTIES_SORTED)
          .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .addMixIn(PriorEntry.class, PriorJson.class)
          .addMixIn(MixtureEntry.class, MixtureJson.class)
          .addMixIn(WindowEntry.class, WindowJson.class)
          .addMixIn(Tail.class, TailJson.class)
          .addMixIn(Confidence.class, ConfidenceJson.class)
          .addMixIn(AlarmRule.class, AlarmRuleJson.class)
          .addMixIn(ThresholdOn.class, KebabCase.class)
          .addMixIn(Lineage.Source.class, SourceJson.class)
          .addMixIn(Lineage.Topic.class, TopicJson.class)
          .addMixIn(Golden.GoldenObservation.class, GoldenObservationJson.class)
          .defaultPrettyPrinter(
              new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n")))
          .build();

  private BundleJson() {}

  static byte[] manifestToBytes(Manifest manifest) {
    ObjectNode tree = MAPPER.valueToTree(manifest);
    tree.put(FORMAT, Manifest.FORMAT);
    tree.put(FORMAT_VERSION, Manifest.FORMAT_VERSION);
    return toBytes(tree);
  }

  /**
   * @throws InvalidInputException if the bytes are not a manifest of this format and version
   */
  static Manifest manifestFromBytes(String file, byte[] bytes) {
    JsonNode tree = parse(file, bytes, JsonNode.class);
    if (!(tree instanceof ObjectNode fields)
        || !Manifest.FORMAT.equals(fields.path(FORMAT).textValue())
        || !fields.path(FORMAT_VERSION).isIntegralNumber()) {
      throw new InvalidInputException(
          "%s: expected a JSON object with \"%s\": \"%s\" and a whole \"%s\", found %s;"
                  .formatted(file, FORMAT, Manifest.FORMAT, FORMAT_VERSION, formatOf(tree))
              + " this is not a bundle's manifest");
    }
    checkVersion(file, fields.path(FORMAT_VERSION).asLong());
    fields.remove(List.of(FORMAT, FORMAT_VERSION));
    return bind(file, fields);
  }

  private static String formatOf(JsonNode tree) {
    return tree.isObject()
        ? "%s and %s".formatted(tree.path(FORMAT), tree.path(FORMAT_VERSION))
        : "no object";
  }

  private static void checkVersion(String file, long version) {
    if (version > Manifest.FORMAT_VERSION) {
      throw new InvalidInputException(
          "%s: formatVersion is %d, this Elbow reads %d: written by a newer Elbow; upgrade this one"
              .formatted(file, version, Manifest.FORMAT_VERSION));
    }
    if (version != Manifest.FORMAT_VERSION) {
      throw new InvalidInputException(
          "%s: formatVersion is %d, this Elbow reads %d; train the bundle again"
              .formatted(file, version, Manifest.FORMAT_VERSION));
    }
  }

  private static Manifest bind(String file, ObjectNode fields) {
    try {
      return MAPPER.treeToValue(fields, Manifest.class);
    } catch (JsonProcessingException e) {
      throw invalid(file, e);
    }
  }

  static byte[] goldenToBytes(Golden golden) {
    return toBytes(golden);
  }

  /**
   * @throws InvalidInputException if the bytes are not golden observations
   */
  static Golden goldenFromBytes(String file, byte[] bytes) {
    return parse(file, bytes, Golden.class);
  }

  private static byte[] toBytes(Object value) {
    try {
      byte[] json = MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(value);
      byte[] withNewline = Arrays.copyOf(json, json.length + 1);
      withNewline[json.length] = '\n';
      return withNewline;
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("a record of the bundle cannot be written as JSON", e);
    }
  }

  private static <T> T parse(String file, byte[] bytes, Class<T> type) {
    try {
      T value = MAPPER.readValue(bytes, type);
      if (value == null) {
        throw new InvalidInputException("%s: expected a JSON object, found null".formatted(file));
      }
      return value;
    } catch (IOException e) {
      throw invalid(file, e);
    }
  }

  private static InvalidInputException invalid(String file, IOException e) {
    return new InvalidInputException(
        "%s: %s; restore the file or train the bundle again".formatted(file, explain(e)), e);
  }

  private static String explain(IOException e) {
    if (e instanceof UnrecognizedPropertyException unknown) {
      return "%sunknown field \"%s\"; expected one of %s"
          .formatted(
              within(unknown, 1),
              unknown.getPropertyName(),
              unknown.getKnownPropertyIds().stream().sorted().toList());
    }
    if (e instanceof ValueInstantiationException
        && e.getCause() instanceof IllegalArgumentException rule) {
      return within((JsonMappingException) e, 0) + rule.getMessage();
    }
    if (e instanceof JsonMappingException mapping) {
      return within(mapping, 0) + mapping.getOriginalMessage();
    }
    if (e instanceof JsonProcessingException syntax && syntax.getLocation() != null) {
      return "line %d, column %d: %s"
          .formatted(
              syntax.getLocation().getLineNr(),
              syntax.getLocation().getColumnNr(),
              syntax.getOriginalMessage());
    }
    return String.valueOf(e.getMessage());
  }

  /** The path to the field, such as {@code "sensors[2].scale: "}, without its last steps. */
  private static String within(JsonMappingException e, int lastSteps) {
    var steps = e.getPath().subList(0, Math.max(0, e.getPath().size() - lastSteps));
    String path =
        steps.stream()
            .map(
                step ->
                    step.getFieldName() == null
                        ? "[" + step.getIndex() + "]"
                        : "." + step.getFieldName())
            .collect(Collectors.joining());
    return path.isEmpty() ? "" : path.substring(path.startsWith(".") ? 1 : 0) + ": ";
  }

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = PriorEntry.Standard.class, name = "standard-normal"),
    @JsonSubTypes.Type(value = PriorEntry.Exemplar.class, name = "exemplar")
  })
  interface PriorJson {}

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = MixtureEntry.None.class, name = "none"),
    @JsonSubTypes.Type(value = MixtureEntry.Exemplars.class, name = "exemplars")
  })
  interface MixtureJson {}

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = FixedThreshold.class, name = "fixed"),
    @JsonSubTypes.Type(value = TwoClocks.class, name = "two-clocks")
  })
  interface AlarmRuleJson {}

  @EnumNaming(EnumNamingStrategies.KebabCaseStrategy.class)
  interface KebabCase {}

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = Lineage.CsvFiles.class, name = "csv"),
    @JsonSubTypes.Type(value = Lineage.ArchiveFiles.class, name = "archive"),
    @JsonSubTypes.Type(value = Lineage.Topic.class, name = "topic"),
    @JsonSubTypes.Type(value = Lineage.Generated.class, name = "generated")
  })
  interface SourceJson {}

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = Tail.Empirical.class, name = "empirical"),
    @JsonSubTypes.Type(value = Tail.GeneralizedPareto.class, name = "generalized-pareto")
  })
  interface TailJson {}

  interface ConfidenceJson {
    @JsonSerialize(using = NumberOrNull.class)
    @JsonDeserialize(using = NullOrNumber.class)
    Optional<Double> scoreTo();
  }

  interface WindowJson {
    @JsonSerialize(using = NumberOrNull.class)
    @JsonDeserialize(using = NullOrNumber.class)
    Optional<Double> usualStepSeconds();
  }

  interface TopicJson {
    @JsonSerialize(using = TimeOrNull.class)
    @JsonDeserialize(using = NullOrTime.class)
    Optional<Instant> from();

    @JsonSerialize(using = TimeOrNull.class)
    @JsonDeserialize(using = NullOrTime.class)
    Optional<Instant> to();
  }

  interface GoldenObservationJson {
    @JsonSerialize(contentUsing = MissingAsNull.class)
    @JsonDeserialize(contentUsing = NullAsMissing.class)
    List<Double> values();
  }

  /** A missing value, NaN in memory, is null in the file. */
  private static final class MissingAsNull extends JsonSerializer<Double> {
    @Override
    public void serialize(Double value, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      if (value.isNaN()) {
        json.writeNull();
      } else {
        json.writeNumber(value);
      }
    }
  }

  private static final class NullAsMissing extends JsonDeserializer<Double> {
    @Override
    public Double deserialize(JsonParser json, DeserializationContext context) throws IOException {
      return json.currentToken().isNumeric()
          ? Double.valueOf(json.getDoubleValue())
          : (Double) context.handleUnexpectedToken(Double.class, json);
    }

    @Override
    public Double getNullValue(DeserializationContext context) {
      return Double.NaN;
    }
  }

  /** No number is null. */
  private static final class NumberOrNull extends JsonSerializer<Optional<Double>> {
    @Override
    public void serialize(Optional<Double> value, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      if (value.isEmpty()) {
        json.writeNull();
      } else {
        json.writeNumber(value.get());
      }
    }
  }

  private static final class NullOrNumber extends JsonDeserializer<Optional<Double>> {
    @Override
    public Optional<Double> deserialize(JsonParser json, DeserializationContext context)
        throws IOException {
      if (!json.currentToken().isNumeric()) {
        throw new JsonParseException(json, "expected a number or null, found " + json.getText());
      }
      return Optional.of(json.getDoubleValue());
    }

    @Override
    public Optional<Double> getNullValue(DeserializationContext context) {
      return Optional.empty();
    }
  }

  /** A time is ISO-8601 in the file, no time is null. */
  private static final class TimeOrNull extends JsonSerializer<Optional<Instant>> {
    @Override
    public void serialize(Optional<Instant> value, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      if (value.isEmpty()) {
        json.writeNull();
      } else {
        json.writeString(value.get().toString());
      }
    }
  }

  private static final class NullOrTime extends JsonDeserializer<Optional<Instant>> {
    @Override
    public Optional<Instant> deserialize(JsonParser json, DeserializationContext context)
        throws IOException {
      try {
        return Optional.of(Instant.parse(json.getText()));
      } catch (DateTimeParseException e) {
        throw new JsonParseException(json, "expected an ISO-8601 time, found " + json.getText(), e);
      }
    }

    @Override
    public Optional<Instant> getNullValue(DeserializationContext context) {
      return Optional.empty();
    }
  }
}
