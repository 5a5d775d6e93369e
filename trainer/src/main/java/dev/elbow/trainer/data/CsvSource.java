package dev.elbow.trainer.data;

import dev.elbow.bundle.Lineage;
import dev.elbow.input.InvalidInputException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * CSV files with a header, read as one table.
 *
 * <p>A column {@code timestamp} is time; the label and the entity column are as {@link CsvColumns}
 * says; every other column that is not ignored is a sensor. An empty field, NaN and null in any
 * case are missing values. Rows are concatenated in the order of the files, sensors are in the
 * order of the first file; the other files must have the same columns, in any order.
 */
public final class CsvSource implements SensorSource {

  private final List<Path> files;
  private final CsvColumns columns;

  /**
   * @throws IllegalArgumentException if there is no file
   */
  public CsvSource(List<Path> files, CsvColumns columns) {
    if (files.isEmpty()) {
      throw new IllegalArgumentException("files: expected at least one");
    }
    this.files = List.copyOf(files);
    this.columns = columns;
  }

  /**
   * {@inheritDoc}
   *
   * @throws InvalidInputException if a file cannot be read, is empty or not UTF-8, or holds
   *     anything the conventions above do not allow; the message names file, line and column
   */
  @Override
  public SensorTable read(ReadProgress progress) {
    MeteredInput.Meter meter = new MeteredInput.Meter(progress, MeteredInput.totalBytes(files));
    List<Lineage.DataFile> lineage = new ArrayList<>();
    Set<String> ignoredNowhere = new TreeSet<>(columns.ignored());
    try (CsvFileReader first = CsvFileReader.open(files.get(0), columns, meter)) {
      CsvHeader header = first.header();
      SensorTableBuilder table = SensorTable.of(header.sensors());
      ignoredNowhere.removeAll(header.ignored());
      first.copyTo(table, header.sensors());
      lineage.add(first.lineage());
      for (Path file : files.subList(1, files.size())) {
        try (CsvFileReader next = CsvFileReader.open(file, columns, meter)) {
          next.header().requireSameColumnsAs(header);
          ignoredNowhere.removeAll(next.header().ignored());
          next.copyTo(table, header.sensors());
          lineage.add(next.lineage());
        }
      }
      requireNone(ignoredNowhere);
      return table.build(new Lineage.CsvFiles(lineage));
    }
  }

  private void requireNone(Set<String> ignoredNowhere) {
    if (!ignoredNowhere.isEmpty()) {
      throw new InvalidInputException(
          "%s: no column to ignore named %s"
              .formatted(files.get(0), String.join(", ", ignoredNowhere)));
    }
  }
}
