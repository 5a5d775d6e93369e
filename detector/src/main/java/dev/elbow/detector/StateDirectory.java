package dev.elbow.detector;

import dev.elbow.input.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Finds out before the start whether state can be kept on this machine. */
final class StateDirectory {

  private StateDirectory() {}

  /**
   * Makes sure of the directory; creates it if it is not there.
   *
   * @throws InvalidInputException if no file can be written in it
   */
  static void requireWritable(Path directory) {
    try {
      Files.createDirectories(directory);
      Files.delete(Files.createTempFile(directory, "write-test", ""));
    } catch (IOException e) {
      throw new InvalidInputException(
          "state.dir: expected a directory that can be written in, found %s (%s)"
              .formatted(directory.toAbsolutePath(), e),
          e);
    }
  }

  /** The same directory cannot serve two detectors of one application at once. */
  static InvalidInputException inUse(Path directory, RuntimeException cause) {
    return new InvalidInputException(
        "state.dir: %s cannot be used; does another detector use it? %s"
            .formatted(directory.toAbsolutePath(), cause.getMessage()),
        cause);
  }
}
