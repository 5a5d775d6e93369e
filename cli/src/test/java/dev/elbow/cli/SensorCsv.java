package dev.elbow.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.SplittableRandom;

/** Writes small CSV files of three sensors that move together. */
final class SensorCsv {

  private SensorCsv() {}

  /** Normal operation: {@code rows} rows, one a second. */
  static Path normal(Path file, int rows, long seed) throws IOException {
    return write(file, rows, seed, rows);
  }

  /** Normal operation, and from row {@code from} on a flow that no longer follows the speed. */
  static Path withFault(Path file, int rows, long seed, int from) throws IOException {
    return write(file, rows, seed, from);
  }

  private static Path write(Path file, int rows, long seed, int faultFrom) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    StringBuilder csv = new StringBuilder("timestamp,label,speed,flow,current\n");
    Instant start = Instant.parse("2026-03-01T00:00:00Z");
    for (int i = 0; i < rows; i++) {
      double speed = 1450 + 20 * random.nextGaussian();
      boolean fault = i >= faultFrom;
      double flow = (fault ? 60 : speed / 15) + 0.3 * random.nextGaussian();
      double current = speed / 100 + 0.05 * random.nextGaussian();
      csv.append(
          "%s,%d,%s,%s,%s%n".formatted(start.plusSeconds(i), fault ? 1 : 0, speed, flow, current));
    }
    return Files.writeString(file, csv);
  }
}
