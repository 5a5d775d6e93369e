package dev.elbow.benchmarks.quality;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import dev.elbow.input.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * One labelled set of a collection.
 *
 * @param name its folder
 * @param family what its figures are averaged with
 * @param train normal rows
 * @param test labelled rows
 */
record DataSet(String name, String family, Path train, Path test) {

  private static final String MANIFEST = "MANIFEST.csv";

  /**
   * The sets of a collection: a folder with a {@code MANIFEST.csv} (columns {@code name} and {@code
   * family} at least) and a folder per set with {@code train.csv} and, unless it has normal rows
   * alone, {@code test.csv}.
   *
   * @throws InvalidInputException if there is no readable manifest
   */
  static List<DataSet> in(Path collection) {
    Path manifest = collection.resolve(MANIFEST);
    try (CsvReader<NamedCsvRecord> csv = CsvReader.builder().ofNamedCsvRecord(manifest)) {
      return csv.stream()
          .map(row -> of(collection, row.getField("name"), row.getField("family")))
          .toList();
    } catch (IOException e) {
      throw new InvalidInputException(
          "%s: cannot be read: %s; --data expects a folder with a %s and one folder per set"
              .formatted(manifest, e, MANIFEST),
          e);
    }
  }

  /** Its files: one or two. */
  List<Path> files() {
    return Files.isReadable(test) ? List.of(train, test) : List.of(train);
  }

  private static DataSet of(Path collection, String name, String family) {
    Path folder = collection.resolve(name);
    return new DataSet(name, family, folder.resolve("train.csv"), folder.resolve("test.csv"));
  }
}
