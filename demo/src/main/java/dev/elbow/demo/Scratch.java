package dev.elbow.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A temporary directory that is gone when it is closed. */
final class Scratch implements AutoCloseable {

  private final Path directory;

  /**
   * @param parent where to make it
   */
  Scratch(Path parent) throws IOException {
    directory = Files.createTempDirectory(parent, "elbow-demo-");
  }

  /** A path in it, which need not exist. */
  Path resolve(String name) {
    return directory.resolve(name);
  }

  @Override
  public void close() {
    try (Stream<Path> paths = Files.walk(directory)) {
      List<Path> childrenFirst = paths.sorted(Comparator.reverseOrder()).toList();
      for (Path path : childrenFirst) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("temporary files remain in " + directory, e);
    }
  }
}
