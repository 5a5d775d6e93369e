package dev.elbow.detector.models;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a bundle's files look like from outside: enough to tell that something may have changed,
 * cheap enough to look every second.
 *
 * @param files name, size, time of the last change and identity of each file, sorted; empty where
 *     there is nothing
 * @param sums hash of the content of {@code SHA256SUMS}, 0 where there is none: a copy may keep
 *     sizes and times
 */
record Fingerprint(List<String> files, int sums) {

  private static final String SUMS = "SHA256SUMS";

  /** Of a directory or a zip, or of nothing where neither can be read. */
  static Fingerprint of(Path bundle) {
    try {
      if (!Files.isDirectory(bundle)) {
        return new Fingerprint(describe(bundle).stream().toList(), 0);
      }
      try (Stream<Path> entries = Files.list(bundle)) {
        List<String> files = entries.sorted().flatMap(file -> describe(file).stream()).toList();
        return new Fingerprint(files, Arrays.hashCode(Files.readAllBytes(bundle.resolve(SUMS))));
      }
    } catch (IOException | UncheckedIOException changing) { // the latter where listing breaks off
      return new Fingerprint(List.of(), 0);
    }
  }

  /** Empty if the file has just been removed. */
  private static Optional<String> describe(Path file) {
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      return Optional.of(
          "%s %d %s %s"
              .formatted(
                  file.getFileName(),
                  attributes.size(),
                  attributes.lastModifiedTime(),
                  attributes.fileKey()));
    } catch (IOException gone) {
      return Optional.empty();
    }
  }
}
