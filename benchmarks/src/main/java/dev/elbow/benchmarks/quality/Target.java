package dev.elbow.benchmarks.quality;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * What the defaults must reach on a family of data sets, and what they are meant to reach.
 *
 * <p>A floor was set from what simpler models measured on the same sets; a release that falls below
 * it has got worse. An aim is ahead of every detector measured on them.
 *
 * @param floor the least mean over the sets
 * @param aim the mean that is aimed at
 */
record Target(Areas floor, Areas aim) {

  /**
   * Areas under the two curves.
   *
   * @param roc AUC-ROC, in [0, 1]
   * @param pr AUC-PR, in [0, 1]
   */
  record Areas(double roc, double pr) {

    /** Whether both areas are at least as large as the other's. */
    boolean reach(Areas other) {
      return roc >= other.roc && pr >= other.pr;
    }
  }

  private static final String RESOURCE = "targets.csv";

  /** The targets by family, from the resource beside this class. */
  static Map<String, Target> byFamily() {
    try (Reader reader =
            new InputStreamReader(
                Objects.requireNonNull(Target.class.getResourceAsStream(RESOURCE), RESOURCE),
                StandardCharsets.UTF_8);
        CsvReader<NamedCsvRecord> csv = CsvReader.builder().ofNamedCsvRecord(reader)) {
      return csv.stream().collect(Collectors.toMap(row -> row.getField("family"), Target::of));
    } catch (IOException e) {
      throw new UncheckedIOException(RESOURCE, e);
    }
  }

  private static Target of(NamedCsvRecord row) {
    return new Target(areas(row, "floor"), areas(row, "aim"));
  }

  private static Areas areas(NamedCsvRecord row, String which) {
    return new Areas(
        Double.parseDouble(row.getField(which + "_auc_roc")),
        Double.parseDouble(row.getField(which + "_auc_pr")));
  }
}
