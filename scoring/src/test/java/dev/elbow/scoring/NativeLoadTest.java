package dev.elbow.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elbow.input.InvalidInputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeLoadTest {

  @Test
  void saysWhichSystemsAreSupportedWhenTheLibraryDoesNotLoad(@TempDir Path directory)
      throws IOException, InterruptedException {
    for (String library : new String[] {"onnxruntime", "onnxruntime4j_jni"}) {
      Files.writeString(directory.resolve(System.mapLibraryName(library)), "for another system");
    }

    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Donnxruntime.native.path=" + directory,
                "-cp",
                System.getProperty("java.class.path"),
                OpenTwice.class.getName())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).as(output).isZero();
    assertThat(output).containsPattern("first: ONNX Runtime's native library cannot be loaded");
    assertThat(output).containsPattern("second: ONNX Runtime's native library cannot be loaded");
    assertThat(output).contains("Alpine and other systems with musl are not supported");
  }

  /** In a process of its own, because a library that is loaded stays loaded. */
  static final class OpenTwice {

    private OpenTwice() {}

    public static void main(String[] args) {
      open("first");
      open("second");
    }

    private static void open(String attempt) {
      try {
        Scorer.open(new TestBundle().build()).close();
      } catch (InvalidInputException e) {
        System.out.println(attempt + ": " + e.getMessage());
      }
    }
  }
}
