package dev.elbow.benchmarks.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elbow.input.InvalidInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpeedProcessTest {

  private static final TrainingCase TINY = new TrainingCase("tiny", 4, List.of(8), 2, 16);

  @TempDir private Path folder;

  @Test
  void elbowIsMeasuredInAProcessOfItsOwn() throws Exception {
    Speed speed = SpeedProcess.elbow().measure(TINY, 0.05);

    assertThat(speed.samplesPerSecond()).isPositive();
  }

  @Test
  void withoutTheLibraryItIsEjmlThatMultiplies() throws Exception {
    Speed speed = SpeedProcess.elbowWithoutLibrary().measure(TINY, 0.05);

    assertThat(speed.samplesPerSecond()).isPositive();
    assertThat(speed.engine()).isEqualTo("EJML");
  }

  @Test
  void interpretersWithoutTorchAreNone() {
    assertThat(SpeedProcess.pytorch(List.of("no-such-python", "false"), folder)).isEmpty();
  }

  @Test
  void programThatFailsIsAnErrorWithItsMessages() {
    SpeedProcess failing = new SpeedProcess(List.of("sh", "-c", "echo out of paper >&2; exit 3"));

    assertThatThrownBy(() -> failing.measure(TINY, 1))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("out of paper");
  }

  @Test
  void scriptComesOutOfTheJar() throws Exception {
    Path script = folder.resolve("script.py");

    SpeedProcess.writeScript(script);

    assertThat(Files.readString(script)).contains("import torch", "samplesPerSecond");
  }
}
