package dev.elbow.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FigureFileTest {

  @TempDir Path folder;

  @Test
  void writesNoRatioWhereTheBaselineIsZero() throws IOException {
    Path file = folder.resolve("figures.json");

    FigureFile.write(
        file, List.of(Figure.of("a.b", 0.5, "share", 0.25), Figure.of("c.d", 0.5, "share", 0)));

    JsonNode figures = new ObjectMapper().readTree(file.toFile());
    assertThat(figures.get(0).get("ratio").asDouble()).isEqualTo(2);
    assertThat(figures.get(1).get("value").asDouble()).isEqualTo(0.5);
    assertThat(figures.get(1).get("ratio").isNull()).isTrue();
  }
}
