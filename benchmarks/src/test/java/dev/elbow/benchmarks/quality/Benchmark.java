package dev.elbow.benchmarks.quality;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.elbow.cli.Elbow;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * One run of a benchmark on a collection, with few rounds.
 *
 * @param exitCode what the command returned
 * @param values its figures by name
 * @param baselines theirs
 */
record Benchmark(int exitCode, Map<String, Double> values, Map<String, Double> baselines) {

  static Benchmark run(Path collection, String name, String... more) throws IOException {
    Path file = collection.resolve("figures.json");
    List<String> arguments =
        new ArrayList<>(
            List.of("benchmark", name, "--data", collection.toString(), "--rounds", "300"));
    arguments.addAll(List.of("--output", file.toString()));
    arguments.addAll(List.of(more));
    int exitCode = Elbow.run(arguments.toArray(String[]::new));
    Map<String, Double> values = new HashMap<>();
    Map<String, Double> baselines = new HashMap<>();
    if (exitCode == 0) {
      for (JsonNode figure : new ObjectMapper().readTree(file.toFile())) {
        values.put(figure.get("name").asText(), figure.get("value").asDouble());
        baselines.put(figure.get("name").asText(), figure.get("baseline").asDouble());
      }
    }
    return new Benchmark(exitCode, values, baselines);
  }

  /** A figure that there must be. */
  double value(String name) {
    return Objects.requireNonNull(values.get(name), name);
  }

  /** What it was measured against. */
  double baseline(String name) {
    return Objects.requireNonNull(baselines.get(name), name);
  }
}
