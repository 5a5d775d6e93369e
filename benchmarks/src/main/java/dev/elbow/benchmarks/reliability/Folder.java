package dev.elbow.benchmarks.reliability;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A folder with all that is in it. */
final class Folder {

  private Folder() {}

  static void delete(Path directory) throws IOException {
    List<Path> childrenFirst;
    try (Stream<Path> paths = Files.walk(directory)) {
      childrenFirst = paths.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : childrenFirst) {
      Files.deleteIfExists(path);
    }
  }
}
