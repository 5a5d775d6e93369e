package dev.elbow.benchmarks.reading;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.elbow.cli.Elbow;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadingCommandTest {

  /** How fast it is no test can say; what the rows take of the heap is the same everywhere. */
  @Test
  void measuresSpeedAndHeap(@TempDir Path directory) throws IOException {
    Path figures = directory.resolve("figures.json");

    int exitCode =
        Elbow.run(
            "benchmark",
            "reading",
            "--records",
            "2000",
            "--rounds",
            "1",
            "--heap-records",
            "100000",
            "--output",
            figures.toString());

    JsonNode json = new ObjectMapper().readTree(figures.toFile());
    assertThat(exitCode).isZero();
    assertThat(json.findValuesAsText("name"))
        .containsExactly(
            "reading.avro_over_jackson", "reading.json_over_jackson", "reading.heap_over_floats");
    assertThat(json.get(0).get("ratio").asDouble()).isPositive();
    assertThat(json.get(2).get("ratio").asDouble()).isBetween(1.0, 1.3);
  }
}
