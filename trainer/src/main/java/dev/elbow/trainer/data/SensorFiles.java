package dev.elbow.trainer.data;

import dev.elbow.input.InvalidInputException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Data files of any kind that can be read, all of one kind. */
public final class SensorFiles implements SensorSource {

  private final List<Path> files;
  private final Optional<CsvColumns> columns;

  /**
   * @param files at least one
   * @param columns what the columns of CSV mean; only for CSV. Empty for the default.
   * @throws IllegalArgumentException if there is no file
   */
  public SensorFiles(List<Path> files, Optional<CsvColumns> columns) {
    if (files.isEmpty()) {
      throw new IllegalArgumentException("files: expected at least one");
    }
    this.files = List.copyOf(files);
    this.columns = columns;
  }

  /**
   * {@inheritDoc}
   *
   * @throws InvalidInputException if a file cannot be read or used, or they are of several kinds
   */
  @Override
  public SensorTable read(ReadProgress progress) {
    Map<FileKind, Path> kinds = new LinkedHashMap<>();
    files.forEach(file -> kinds.putIfAbsent(FileKind.of(file), file));
    if (kinds.size() > 1) {
      throw new InvalidInputException(
          "expected files of one kind, found "
              + String.join(
                  ", ",
                  kinds.entrySet().stream()
                      .map(kind -> kind.getValue() + " of " + kind.getKey().text())
                      .toList()));
    }
    FileKind kind = kinds.keySet().iterator().next();
    if (kind == FileKind.CSV) {
      return new CsvSource(files, columns.orElse(CsvColumns.defaults())).read(progress);
    }
    if (columns.isPresent()) {
      throw new InvalidInputException(
          "--label, --entity and --ignore go with CSV; found %s of %s"
              .formatted(files.get(0), kind.text()));
    }
    return new ArchiveSource(files, kind).read(progress);
  }
}
