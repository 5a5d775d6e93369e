package dev.elbow.trainer.data;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Where the rows of a table came from, exactly enough to read the same rows again. */
public sealed interface Lineage {

  /**
   * Files, whose rows were concatenated in this order.
   *
   * @param files at least one
   */
  record CsvFiles(List<CsvFile> files) implements Lineage {

    /** Copies the list. */
    public CsvFiles {
      files = List.copyOf(files);
    }
  }

  /**
   * One file.
   *
   * @param name its name without the directory, which differs from machine to machine
   * @param sha256 of its bytes, lower-case hex
   * @param rows data rows read from it
   */
  record CsvFile(String name, String sha256, long rows) {}

  /**
   * A stretch of a topic, read committed.
   *
   * @param topic its name
   * @param from rows at or after this record timestamp; empty = from the earliest retained
   * @param to rows before this record timestamp; empty = up to the end when the reading began
   * @param partitions every partition of the topic, by number
   */
  record Topic(
      String topic, Optional<Instant> from, Optional<Instant> to, List<PartitionRange> partitions)
      implements Lineage {

    /** Copies the list. */
    public Topic {
      partitions = List.copyOf(partitions);
    }
  }

  /**
   * What was read of one partition. Offsets in the range may be absent: compacted away, aborted or
   * transaction markers.
   *
   * @param partition its number, from 0
   * @param fromOffset first offset of the range
   * @param toOffset first offset after the range; equal to {@code fromOffset} where it is empty
   * @param rows observations taken from the range
   * @param firstTimestamp the smallest record timestamp among them
   * @param lastTimestamp the largest record timestamp among them
   */
  record PartitionRange(
      int partition,
      long fromOffset,
      long toOffset,
      long rows,
      Optional<Instant> firstTimestamp,
      Optional<Instant> lastTimestamp) {}

  /**
   * Rows computed rather than read.
   *
   * @param description what computed them, with its seed
   */
  record Generated(String description) implements Lineage {}
}
