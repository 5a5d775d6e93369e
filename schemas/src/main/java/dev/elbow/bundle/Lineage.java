package dev.elbow.bundle;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Where a bundle came from: enough to train it again.
 *
 * @param source what was read
 * @param rowsRead rows read, fitted + held out + left out
 * @param rowsFitted rows the networks and the scaling were fitted to
 * @param rowsHeldOut rows that set the threshold
 * @param rowsLeftOut rows that took no part, counted by reason, such as {@code anomalous}
 * @param seed the seed of every random stream
 * @param settings the training's settings by name, written as on the command line
 * @param versions what ran: {@code elbow}, {@code java}, {@code ejml} and so on
 * @param metrics what the training measured, by name; finite
 */
public record Lineage(
    Source source,
    long rowsRead,
    long rowsFitted,
    long rowsHeldOut,
    SortedMap<String, Long> rowsLeftOut,
    long seed,
    SortedMap<String, String> settings,
    SortedMap<String, String> versions,
    SortedMap<String, Double> metrics) {

  /**
   * @throws IllegalArgumentException if a count is negative, the counts do not add up or a metric
   *     is not finite
   */
  public Lineage {
    rowsLeftOut = sorted(rowsLeftOut);
    settings = sorted(settings);
    versions = sorted(versions);
    metrics = sorted(metrics);
    Rule.count("rowsFitted", rowsFitted);
    Rule.count("rowsHeldOut", rowsHeldOut);
    rowsLeftOut.forEach((reason, rows) -> Rule.count("rowsLeftOut." + reason, rows));
    metrics.forEach((name, value) -> Rule.finite("metrics." + name, value));
    long leftOut = rowsLeftOut.values().stream().mapToLong(Long::longValue).sum();
    Rule.check(
        rowsRead == rowsFitted + rowsHeldOut + leftOut,
        "rowsRead: expected fitted %d + held out %d + left out %d, found %d"
            .formatted(rowsFitted, rowsHeldOut, leftOut, rowsRead));
  }

  private static <V> SortedMap<String, V> sorted(Map<String, V> map) {
    return Collections.unmodifiableSortedMap(new TreeMap<>(map));
  }

  /** What a training read. */
  public sealed interface Source {}

  /**
   * CSV files.
   *
   * @param files in the order in which they were read
   */
  public record CsvFiles(List<DataFile> files) implements Source {

    /** Copies the list. */
    public CsvFiles {
      files = List.copyOf(files);
    }
  }

  /**
   * Files of archived observations: JSON lines or Avro container files.
   *
   * @param files in the order in which they were read
   */
  public record ArchiveFiles(List<DataFile> files) implements Source {

    /** Copies the list. */
    public ArchiveFiles {
      files = List.copyOf(files);
    }
  }

  /**
   * One file, of CSV or an archive.
   *
   * @param name its name, without the directory it lay in
   * @param sha256 SHA-256 of its bytes, 64 lower-case hexadecimal digits
   * @param rows the rows taken from it
   */
  public record DataFile(String name, String sha256, long rows) {

    /**
     * @throws IllegalArgumentException if the digest is not one or the rows are negative
     */
    public DataFile {
      Rule.sha256("files.sha256 of " + name, sha256);
      Rule.count("files.rows of " + name, rows);
    }
  }

  /**
   * A stretch of a Kafka topic.
   *
   * @param topic its name
   * @param from rows at or after this time were asked for; empty = from the earliest retained
   * @param to rows before this time were asked for; empty = up to the end when the reading began
   * @param partitions what was read of each partition, by partition number
   */
  public record Topic(
      String topic, Optional<Instant> from, Optional<Instant> to, List<PartitionRange> partitions)
      implements Source {

    /** Copies the list. */
    public Topic {
      partitions = List.copyOf(partitions);
    }
  }

  /**
   * What was read of one partition.
   *
   * @param partition its number
   * @param fromOffset the first offset of the range
   * @param toOffset the first offset after the range; equal to {@code fromOffset} if it is empty
   * @param rows observations taken from it
   */
  public record PartitionRange(int partition, long fromOffset, long toOffset, long rows) {

    /**
     * @throws IllegalArgumentException if a number is negative or the range runs backwards
     */
    public PartitionRange {
      Rule.check(
          partition >= 0 && fromOffset >= 0 && toOffset >= fromOffset,
          "partition %d: expected 0 <= fromOffset <= toOffset, found %d and %d"
              .formatted(partition, fromOffset, toOffset));
      Rule.count("rows of partition " + partition, rows);
    }
  }

  /**
   * Rows computed, not read.
   *
   * @param description what computed them, with its seed
   */
  public record Generated(String description) implements Source {}
}
