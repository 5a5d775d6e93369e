package dev.elbow.trainer.data;

import java.util.Optional;
import java.util.Set;

/**
 * Which columns of a CSV file are not sensors, besides {@code timestamp}.
 *
 * @param label the column with 0 for normal and 1 for anomalous rows
 * @param labelRequired whether a file without the label column is an error
 * @param entity the column that names the machine; an error where it is missing
 * @param ignored columns that are passed over unread
 */
public record CsvColumns(
    String label, boolean labelRequired, Optional<String> entity, Set<String> ignored) {

  /** The column that is time wherever it occurs. */
  public static final String TIMESTAMP = "timestamp";

  /** The label column unless another is named. */
  public static final String DEFAULT_LABEL = "label";

  /** Copies the set. */
  public CsvColumns {
    ignored = Set.copyOf(ignored);
  }

  /** A column {@code label} that may be absent, no entity, nothing ignored. */
  public static CsvColumns defaults() {
    return new CsvColumns(DEFAULT_LABEL, false, Optional.empty(), Set.of());
  }

  /** The same with a label column that must be there. */
  public CsvColumns withLabel(String name) {
    return new CsvColumns(name, true, entity, ignored);
  }

  /** The same with a column that names the machine. */
  public CsvColumns withEntity(String name) {
    return new CsvColumns(label, labelRequired, Optional.of(name), ignored);
  }

  /** The same with exactly these columns ignored. */
  public CsvColumns withIgnored(Set<String> names) {
    return new CsvColumns(label, labelRequired, entity, names);
  }
}
