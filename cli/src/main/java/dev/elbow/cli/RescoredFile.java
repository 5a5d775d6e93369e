package dev.elbow.cli;

import de.siegmar.fastcsv.writer.CsvWriter;
import dev.elbow.detector.topology.Rejudged;
import dev.elbow.event.Coordinates;
import dev.elbow.event.ScoreSummary;
import dev.elbow.input.InvalidInputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A CSV of scores that were computed once more: complete under its name, or not there at all. */
final class RescoredFile implements Rescored {

  private final Path file;
  private final Path unfinished;
  private final CsvWriter csv;
  private boolean committed;

  private RescoredFile(Path file, Path unfinished, CsvWriter csv) {
    this.file = file;
    this.unfinished = unfinished;
    this.csv = csv;
  }

  /**
   * @throws InvalidInputException if the file cannot be written
   */
  static RescoredFile create(Path file) {
    Path unfinished = file.resolveSibling("." + file.getFileName() + ".unfinished");
    try {
      CsvWriter csv = CsvWriter.builder().build(unfinished);
      csv.writeRecord(
          "partition",
          "offset",
          "entity",
          "timestamp",
          "score",
          "smoothed",
          "reconstruction",
          "kl",
          "threshold",
          "anomaly",
          "reason");
      return new RescoredFile(file, unfinished, csv);
    } catch (IOException e) {
      throw new InvalidInputException(
          "--output %s: cannot be written; give a file in an existing, writable directory"
              .formatted(file),
          e);
    }
  }

  @Override
  public void write(Rejudged record) {
    Coordinates source = record.source();
    String partition = String.valueOf(source.partition());
    String offset = String.valueOf(source.offset());
    if (record instanceof Rejudged.Score score) {
      ScoreSummary summary = score.event().summary();
      csv.writeRecord(
          partition,
          offset,
          score.event().entity(),
          score.event().timestamp().toString(),
          String.valueOf(summary.score()),
          String.valueOf(summary.smoothed()),
          String.valueOf(summary.reconstruction()),
          String.valueOf(summary.kl()),
          String.valueOf(summary.threshold()),
          score.event().anomalous() ? "1" : "0",
          "");
    } else if (record instanceof Rejudged.Warming warming) {
      csv.writeRecord(
          partition,
          offset,
          warming.event().entity(),
          warming.event().timestamp().toString(),
          "",
          "",
          "",
          "",
          "",
          "",
          "warming up");
    } else if (record instanceof Rejudged.Rejected rejected) {
      csv.writeRecord(
          partition,
          offset,
          "",
          rejected.rejection().timestamp().toString(),
          "",
          "",
          "",
          "",
          "",
          "",
          rejected.rejection().reason().code());
    }
  }

  @Override
  public void commit() {
    try {
      csv.close();
      Files.move(
          unfinished, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
      committed = true;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Removes what was not committed. */
  @Override
  public void close() {
    if (committed) {
      return;
    }
    try {
      csv.close();
      Files.deleteIfExists(unfinished);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
