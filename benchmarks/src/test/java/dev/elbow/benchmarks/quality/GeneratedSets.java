package dev.elbow.benchmarks.quality;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;

/** Small collections of made-up sets. */
final class GeneratedSets {

  /** The header of the rows made here, but for time and label. */
  static final String SENSORS = "a,b,c,d";

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private GeneratedSets() {}

  /** Sets of one family, each still to be written. */
  static void manifest(Path collection, String family, String... sets) throws IOException {
    StringBuilder csv = new StringBuilder("name,family\n");
    for (String set : sets) {
      csv.append(set).append(',').append(family).append('\n');
      Files.createDirectory(collection.resolve(set));
    }
    Files.writeString(collection.resolve("MANIFEST.csv"), csv);
  }

  /** Four sensors that follow one cause, with noise; in an anomaly c goes against it. */
  static String rows(SplittableRandom random, int rows, IntPredicate anomalous) {
    StringBuilder csv = new StringBuilder(SENSORS + ",label\n");
    for (int i = 0; i < rows; i++) {
      csv.append(row(random, random.nextGaussian(), anomalous.test(i))).append('\n');
    }
    return csv.toString();
  }

  /**
   * The same in time, a row a minute: the cause wanders, and from a row on it drifts as well.
   *
   * @param from the first row's minute
   * @param drifting from this row on, by three standard deviations of the noise in 100 rows
   */
  static String series(
      SplittableRandom random, int from, int rows, int drifting, IntPredicate anomalous) {
    StringBuilder csv = new StringBuilder("timestamp," + SENSORS + ",label\n");
    double cause = random.nextGaussian();
    for (int i = 0; i < rows; i++) {
      cause = 0.9 * cause + 0.436 * random.nextGaussian();
      double drift = 0.009 * Math.max(0, i - drifting);
      csv.append(START.plusSeconds(60L * (from + i)))
          .append(',')
          .append(row(random, cause, anomalous.test(i), drift))
          .append('\n');
    }
    return csv.toString();
  }

  private static String row(SplittableRandom random, double cause, boolean anomaly) {
    return row(random, cause, anomaly, 0);
  }

  private static String row(SplittableRandom random, double cause, boolean anomaly, double drift) {
    return "%s,%s,%s,%s,%d"
        .formatted(
            cause + noise(random) + drift,
            -cause + noise(random),
            (anomaly ? 3 - cause : cause) + noise(random),
            2 * cause + 2 * noise(random),
            anomaly ? 1 : 0);
  }

  private static double noise(SplittableRandom random) {
    return 0.3 * random.nextGaussian();
  }
}
