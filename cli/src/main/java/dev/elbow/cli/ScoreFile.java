package dev.elbow.cli;

import de.siegmar.fastcsv.writer.CsvWriter;
import dev.elbow.alarm.Judgement;
import dev.elbow.bundle.ModelBundle;
import dev.elbow.cli.TableScorer.RowVerdict;
import dev.elbow.input.InvalidInputException;
import dev.elbow.scoring.ScoredRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** The CSV that {@code score} writes: complete under its name, or not there at all. */
final class ScoreFile implements AutoCloseable {

  private static final List<String> COLUMNS =
      List.of(
          "row",
          "timestamp",
          "score",
          "smoothed",
          "reconstruction",
          "kl",
          "threshold",
          "anomaly",
          "reason");

  private final Path file;
  private final Path unfinished;
  private final CsvWriter csv;
  private final int contributions;
  private boolean committed;

  private ScoreFile(Path file, Path unfinished, ModelBundle bundle, boolean contributions)
      throws IOException {
    List<String> sensors = bundle.rowTransform().names();
    this.file = file;
    this.unfinished = unfinished;
    this.csv = CsvWriter.builder().build(unfinished);
    this.contributions = contributions ? sensors.size() : 0;
    List<String> header = new ArrayList<>(COLUMNS);
    sensors.stream()
        .limit(this.contributions)
        .forEach(sensor -> header.add("contribution." + sensor));
    csv.writeRecord(header);
  }

  /**
   * @param contributions whether to write each sensor's share
   * @throws InvalidInputException if the file cannot be written
   */
  static ScoreFile create(Path file, ModelBundle bundle, boolean contributions) {
    if (Files.isDirectory(file)) {
      throw new InvalidInputException(
          "--output %s: expected a file to write, found a directory".formatted(file));
    }
    Path unfinished = file.resolveSibling("." + file.getFileName() + ".unfinished");
    try {
      return new ScoreFile(file, unfinished, bundle, contributions);
    } catch (IOException e) {
      throw new InvalidInputException(
          "--output %s: cannot be written; give a file in an existing, writable directory"
              .formatted(file),
          e);
    }
  }

  /**
   * @param i the row's index, counted from 0; in the file rows count from 1
   */
  void write(int i, Optional<Instant> timestamp, RowVerdict verdict) {
    List<String> cells = new ArrayList<>(COLUMNS.size() + contributions);
    cells.add(String.valueOf(i + 1L));
    cells.add(timestamp.map(Instant::toString).orElse(""));
    if (verdict instanceof RowVerdict.Scored scored) {
      addNumbers(scored, cells);
    } else {
      cells.addAll(Collections.nCopies(COLUMNS.indexOf("reason") - cells.size(), ""));
      cells.add(reason(verdict));
      cells.addAll(Collections.nCopies(contributions, ""));
    }
    csv.writeRecord(cells);
  }

  private void addNumbers(RowVerdict.Scored scored, List<String> cells) {
    ScoredRow row = scored.row();
    Judgement judgement = scored.judgement();
    cells.add(String.valueOf(row.score()));
    cells.add(String.valueOf(judgement.state().smoothed()));
    cells.add(String.valueOf(row.reconstruction()));
    cells.add(String.valueOf(row.kl()));
    cells.add(String.valueOf(judgement.threshold()));
    cells.add(judgement.anomalous() ? "1" : "0");
    cells.add("");
    for (int d = 0; d < contributions; d++) {
      cells.add(String.valueOf(row.contribution(d)));
    }
  }

  private static String reason(RowVerdict verdict) {
    return verdict instanceof RowVerdict.Rejected rejected
        ? rejected.reason().code()
        : "warming up";
  }

  /** Puts the finished file in its place. */
  void commit() throws IOException {
    csv.close();
    Files.move(
        unfinished, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    committed = true;
  }

  /** Removes what was not committed. */
  @Override
  public void close() throws IOException {
    if (!committed) {
      csv.close();
      Files.deleteIfExists(unfinished);
    }
  }
}
