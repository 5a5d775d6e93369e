package dev.elbow.benchmarks.training;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.elbow.input.InvalidInputException;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * A program that measures one case, alone in its process and with one thread for its products.
 *
 * @param command without the case
 */
record SpeedProcess(List<String> command) {

  private static final int PATIENCE_SECONDS = 20;

  /** Elbow as {@code train} runs it here. */
  static SpeedProcess elbow() {
    return elbow(System.getProperty("java.class.path"));
  }

  /** Elbow where no native library can be found: its products are then EJML's. */
  static SpeedProcess elbowWithoutLibrary() {
    return elbow(
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
            .filter(entry -> !Path.of(entry).getFileName().toString().matches("openblas-.*-.*jar"))
            .collect(Collectors.joining(File.pathSeparator)));
  }

  private static SpeedProcess elbow(String classPath) {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    return new SpeedProcess(List.of(java.toString(), "-cp", classPath, ElbowSpeed.class.getName()));
  }

  /** PyTorch, if one of these interpreters has it. */
  static Optional<SpeedProcess> pytorch(List<String> interpreters, Path script) {
    return interpreters.stream()
        .filter(python -> succeeds(List.of(python, "-c", "import torch")))
        .findFirst()
        .map(python -> new SpeedProcess(List.of(python, script.toString())));
  }

  /** Copies PyTorch's program out of the jar. */
  static void writeScript(Path script) throws IOException {
    try (InputStream in = SpeedProcess.class.getResourceAsStream("pytorch_speed.py")) {
      Files.copy(Objects.requireNonNull(in, "pytorch_speed.py is not in the jar"), script);
    }
  }

  private static boolean succeeds(List<String> command) {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor() == 0;
    } catch (IOException e) {
      return false; // there is no such program
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /**
   * Measures.
   *
   * @throws InvalidInputException if the program fails
   */
  Speed measure(TrainingCase what, double seconds) throws IOException, InterruptedException {
    List<String> line = new ArrayList<>(command);
    line.addAll(what.arguments(seconds));
    ProcessBuilder builder = new ProcessBuilder(line);
    for (String library : List.of("OPENBLAS", "OMP", "MKL")) {
      builder.environment().put(library + "_NUM_THREADS", "1");
    }
    Path messages = Files.createTempFile("elbow-speed", ".log");
    try {
      Process process = builder.redirectError(messages.toFile()).start();
      String said = new String(process.getInputStream().readAllBytes(), UTF_8);
      boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (!ended || process.exitValue() != 0) {
        process.destroyForcibly();
        throw new InvalidInputException(
            "%s failed:%n%s".formatted(String.join(" ", line), Files.readString(messages)));
      }
      return new ObjectMapper().readValue(said, Speed.class);
    } finally {
      Files.delete(messages);
    }
  }
}
