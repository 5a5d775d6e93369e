package dev.elbow.benchmarks.pipeline;

import dev.elbow.event.ObservationAvro;
import dev.elbow.event.ObservationFormat;
import dev.elbow.event.ObservationJson;
import dev.elbow.event.WriterSchemas;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;

/** How the records of a benchmark are written. */
enum Format {
  /** Sensors by name, as text. */
  JSON {
    @Override
    ObservationFormat of(Plant plant, Path directory) {
      return ObservationJson.FORMAT;
    }

    @Override
    Map<String, String> settings(Path directory) {
      return Map.of();
    }
  },

  /** Avro, a schema with a double for each sensor. */
  BINARY {
    @Override
    ObservationFormat of(Plant plant, Path directory) throws IOException {
      String fields =
          plant.sensorNames().stream()
              .map("{\"name\": \"%s\", \"type\": \"double\"}"::formatted)
              .collect(Collectors.joining(", "));
      Files.writeString(
          schema(directory),
          "{\"type\": \"record\", \"name\": \"Machine\", \"fields\": [%s]}".formatted(fields));
      return new ObservationAvro(WriterSchemas.read(schema(directory).toString()));
    }

    @Override
    Map<String, String> settings(Path directory) {
      return Map.of("input.format", "avro", "input.schema", schema(directory).toString());
    }
  };

  /**
   * The format for the observations of a plant.
   *
   * @param directory where a schema may be written
   */
  abstract ObservationFormat of(Plant plant, Path directory) throws IOException;

  /** What a detector must be told, once {@link #of} was called. */
  abstract Map<String, String> settings(Path directory);

  private static Path schema(Path directory) {
    return directory.resolve("machine.avsc");
  }
}
