package dev.elbow.benchmarks.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/** How the records of a run are written, and so what can be wrong with them. */
enum FuzzFormat {
  JSON {
    @Override
    Function<Draft, byte[]> sound(List<String> sensorNames) {
      JsonText text = new JsonText(sensorNames);
      return draft ->
          text.document(text.timestamp(draft.observed), text.sensors(draft.row)).getBytes(UTF_8);
    }

    @Override
    List<Mutation> ofValues(List<String> sensorNames) {
      return new JsonMutations(new JsonText(sensorNames)).all();
    }

    @Override
    Map<String, String> settings(Path directory) {
      return Map.of();
    }
  },

  AVRO {
    @Override
    Function<Draft, byte[]> sound(List<String> sensorNames) {
      return new AvroMutations(sensorNames)::sound;
    }

    @Override
    List<Mutation> ofValues(List<String> sensorNames) {
      return new AvroMutations(sensorNames).all();
    }

    @Override
    Map<String, String> settings(Path directory) throws IOException {
      Path schema = Files.writeString(directory.resolve("machine.avsc"), AvroMutations.SCHEMA);
      return Map.of("input.format", "avro", "input.schema", AvroMutations.SCHEMA_ID + "=" + schema);
    }
  };

  /** Writes what a draft says as it should be. */
  abstract Function<Draft, byte[]> sound(List<String> sensorNames);

  /** What can be wrong with values of this format. */
  abstract List<Mutation> ofValues(List<String> sensorNames);

  /**
   * What the detector must be told.
   *
   * @param directory where a schema may be written
   */
  abstract Map<String, String> settings(Path directory) throws IOException;

  /** All that can be wrong with a record. */
  List<Mutation> mutations(List<String> sensorNames) {
    return Stream.concat(RecordMutations.all().stream(), ofValues(sensorNames).stream()).toList();
  }
}
