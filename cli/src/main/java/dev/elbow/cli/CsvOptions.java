package dev.elbow.cli;

import dev.elbow.trainer.data.CsvColumns;
import dev.elbow.trainer.data.CsvSource;
import dev.elbow.trainer.data.SensorFiles;
import dev.elbow.trainer.data.SensorSource;
import dev.elbow.trainer.data.SensorTable;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Option;

/** What a CSV's columns mean: the options shared by every command that reads one. */
final class CsvOptions {

  @Option(
      names = "--label",
      paramLabel = "COLUMN",
      description = "Column that holds 0 or 1, 1 = anomalous; never a sensor. Default: label.")
  private Optional<String> label = Optional.empty();

  @Option(
      names = "--entity",
      paramLabel = "COLUMN",
      description = "Column that names the machine of each row; never a sensor.")
  private Optional<String> entity = Optional.empty();

  @Option(
      names = "--ignore",
      paramLabel = "COLUMN",
      split = ",",
      description = "Columns to leave out, separated by commas.")
  private Set<String> ignored = Set.of();

  /** Whether any of these options is there. */
  boolean given() {
    return label.isPresent() || entity.isPresent() || !ignored.isEmpty();
  }

  CsvColumns columns() {
    CsvColumns columns = CsvColumns.defaults().withIgnored(ignored);
    if (label.isPresent()) {
      columns = columns.withLabel(label.get());
    }
    return entity.isPresent() ? columns.withEntity(entity.get()) : columns;
  }

  /** Reads CSV files into one table, showing how far it has come. */
  SensorTable read(List<Path> files) {
    return read(new CsvSource(files, columns()));
  }

  /** The same of files of any kind; says what of them was skipped. */
  SensorTable readAny(List<Path> files) {
    SensorTable table =
        read(new SensorFiles(files, given() ? Optional.of(columns()) : Optional.empty()));
    TopicOptions.warnOfSkipped(table.skipped());
    return table;
  }

  private static SensorTable read(SensorSource source) {
    try (Progress progress = Progress.start("reading", 100)) {
      return source.read((done, total) -> progress.at(total == 0 ? 100 : done * 100 / total, ""));
    }
  }
}
