package dev.elbow.detector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elbow.input.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateDirectoryTest {

  @Test
  void createsDirectoryAndLeavesNothingInIt(@TempDir Path directory) {
    Path state = directory.resolve("not/there");

    StateDirectory.requireWritable(state);

    assertThat(state).isEmptyDirectory();
  }

  @Test
  void namesDirectoryThatCannotBeWrittenIn(@TempDir Path directory) throws IOException {
    Path file = Files.createFile(directory.resolve("file"));

    assertThatThrownBy(() -> StateDirectory.requireWritable(file.resolve("state")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(
            "state.dir: expected a directory that can be written in, found " + file);
  }
}
