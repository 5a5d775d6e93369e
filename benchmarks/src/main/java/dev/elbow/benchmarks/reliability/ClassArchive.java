package dev.elbow.benchmarks.reliability;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Classes as a JVM has them in memory, written when one ends (JEP 350): the next start takes half
 * the time, and a run is mostly starts.
 */
final class ClassArchive {

  private final Path file;
  private final boolean possible;
  private volatile boolean written;

  /**
   * @param file to be written
   */
  ClassArchive(Path file) {
    this.file = file;
    this.possible = isPossible(System.getProperty("java.class.path"));
  }

  /** The JDK archives what comes from jars only. */
  private static boolean isPossible(String classPath) {
    return Arrays.stream(classPath.split(File.pathSeparator))
        .noneMatch(entry -> Files.isDirectory(Path.of(entry)));
  }

  /** Until {@link #use} a launch that writes the archive at its end, then one that reads it. */
  Launch launch() {
    if (!possible) {
      return Launch.QUICK;
    }
    return written
        ? Launch.QUICK.withJvm("-XX:SharedArchiveFile=" + file)
        : Launch.QUICK.withJvm("-XX:ArchiveClassesAtExit=" + file, "-Xlog:cds=off");
  }

  /** Whether it is worth while to let a program run for this. */
  boolean isWanted() {
    return possible && !written;
  }

  /** Those that are started from now on read it. */
  void use() {
    written = Files.exists(file);
  }
}
