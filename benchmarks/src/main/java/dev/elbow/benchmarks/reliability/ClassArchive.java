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

  private static final String CLASS_PATH = System.getProperty("java.class.path");

  private final Path file;
  private volatile Launch launch = Launch.QUICK;

  /**
   * @param file to be written
   */
  ClassArchive(Path file) {
    this.file = file;
  }

  /** How a program is started at this time. */
  Launch launch() {
    return launch;
  }

  /**
   * Those that are started from now on write the archive when they end.
   *
   * @return whether that is possible: the JDK archives what comes from jars only
   */
  boolean record() {
    if (Arrays.stream(CLASS_PATH.split(File.pathSeparator))
        .map(Path::of)
        .anyMatch(Files::isDirectory)) {
      return false;
    }
    launch = Launch.QUICK.withJvm("-XX:ArchiveClassesAtExit=" + file, "-Xlog:cds=off");
    return true;
  }

  /** Those that are started from now on read it. */
  void use() {
    launch =
        Files.exists(file) ? Launch.QUICK.withJvm("-XX:SharedArchiveFile=" + file) : Launch.QUICK;
  }
}
