package dev.elbow.event;

import dev.elbow.input.InvalidInputException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;

/**
 * The Avro schemas with which the records of a topic were written: one for all of them; or several,
 * each with an id, which every record names before its body, as Confluent's serializers have it: a
 * byte 0, the id in four bytes, the most significant first, and the body.
 */
public final class WriterSchemas {

  private static final String PUBLISHED = "/dev/elbow/schema/observation.avsc";

  /** A schema and where it is from. */
  record Origin(String where, Schema schema) {

    AvroPlan plan(SensorNames names) {
      return new AvroPlan("schema " + where, schema, names);
    }
  }

  private final Optional<Origin> single;
  private final SortedMap<Integer, Origin> byId;

  private WriterSchemas(Optional<Origin> single, Map<Integer, Origin> byId) {
    this.single = single;
    this.byId = new TreeMap<>(byId);
  }

  /** The schema that is published with this program, for all records. */
  public static WriterSchemas published() {
    try (InputStream text = WriterSchemas.class.getResourceAsStream(PUBLISHED)) {
      Objects.requireNonNull(text, PUBLISHED);
      return new WriterSchemas(
          Optional.of(new Origin("observation.avsc", new Schema.Parser().parse(text))), Map.of());
    } catch (IOException e) {
      throw new UncheckedIOException("reading from memory failed", e);
    }
  }

  /**
   * Reads what a setting says: nothing for {@linkplain #published the published schema}, {@code
   * FILE} for one schema, or {@code ID=FILE}, several with commas, for records that name theirs.
   *
   * @throws InvalidInputException if the setting is of no such form, or a file cannot be read or
   *     holds no schema that an observation can have
   */
  public static WriterSchemas read(String setting) {
    if (setting.isEmpty()) {
      return published();
    }
    if (!setting.contains("=")) {
      return checked(new WriterSchemas(Optional.of(origin(setting)), Map.of()));
    }
    SortedMap<Integer, Origin> byId = new TreeMap<>();
    for (String part : setting.split(",", -1)) {
      int equals = part.indexOf('=');
      Integer id = id(equals < 0 ? part : part.substring(0, equals).strip(), setting);
      if (byId.put(id, origin(part.substring(equals + 1).strip())) != null) {
        throw new InvalidInputException("schemas %s: id %d is there twice".formatted(setting, id));
      }
    }
    return checked(new WriterSchemas(Optional.empty(), byId));
  }

  private static Integer id(String text, String setting) {
    try {
      return Integer.valueOf(text);
    } catch (NumberFormatException e) {
      throw new InvalidInputException(
          "schemas %s: expected FILE, or ID=FILE, several with commas, where ID is a whole number;"
                  .formatted(setting)
              + " found "
              + text,
          e);
    }
  }

  private static Origin origin(String file) {
    try {
      return new Origin(file, new Schema.Parser().parse(Files.readString(Path.of(file))));
    } catch (NoSuchFileException e) {
      throw new InvalidInputException(
          "schema %s: no such file; expected an Avro schema in JSON".formatted(file), e);
    } catch (AccessDeniedException e) {
      throw new InvalidInputException(
          "schema %s: may not be read: permission denied".formatted(file), e);
    } catch (IOException | AvroRuntimeException | IllegalArgumentException e) {
      throw new InvalidInputException(
          "schema %s: cannot be read as an Avro schema in JSON: %s".formatted(file, e.getMessage()),
          e);
    }
  }

  private static WriterSchemas checked(WriterSchemas schemas) {
    SensorNames none = new SensorNames(SensorColumns.growing());
    schemas.single.ifPresent(origin -> origin.plan(none));
    schemas.byId.values().forEach(origin -> origin.plan(none));
    return schemas;
  }

  /** The schema of all records; empty if each names its own. */
  Optional<Origin> single() {
    return single;
  }

  /** The schemas that records can name. */
  SortedMap<Integer, Origin> byId() {
    return byId;
  }
}
