package dev.elbow.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Versions of libraries that are known to be bad, from a CSV file: library, the first version that
 * is and the first that no longer is (none if all are), advisory, and what it is about.
 */
final class KnownBadVersions {

  private final List<Range> ranges;

  private KnownBadVersions(List<Range> ranges) {
    this.ranges = ranges;
  }

  private record Range(String library, String from, String before, String why) {

    boolean holds(String group, String name, String version) {
      return library.equals(group + ":" + name)
          && compare(version, from) >= 0
          && (before.isEmpty() || compare(version, before) < 0);
    }
  }

  static KnownBadVersions read(Path csv) throws IOException {
    try (CsvReader<NamedCsvRecord> lines =
        CsvReader.builder().ofNamedCsvRecord(Files.newBufferedReader(csv))) {
      return new KnownBadVersions(
          lines.stream()
              .map(
                  line ->
                      new Range(
                          line.getField("library"),
                          line.getField("from"),
                          line.getField("before"),
                          line.getField("advisory") + ": " + line.getField("what")))
              .toList());
    }
  }

  /**
   * What is bad among the components of an SBOM, each as a sentence.
   *
   * @param sbom CycloneDX in JSON
   */
  List<String> in(String sbom) throws IOException {
    List<String> found = new ArrayList<>();
    for (JsonNode component : new ObjectMapper().readTree(sbom).required("components")) {
      String group = component.path("group").asText();
      String name = component.required("name").asText();
      String version = component.required("version").asText();
      ranges.stream()
          .filter(range -> range.holds(group, name, version))
          .map(range -> "%s:%s:%s: %s".formatted(group, name, version, range.why()))
          .forEach(found::add);
    }
    return found;
  }

  /** Number by number; a part that is none, as of a release candidate, comes before any number. */
  static int compare(String one, String other) {
    String[] left = one.split("[.-]", -1);
    String[] right = other.split("[.-]", -1);
    for (int i = 0; i < Math.max(left.length, right.length); i++) {
      int order = Long.compare(part(left, i), part(right, i));
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  private static long part(String[] parts, int i) {
    if (i >= parts.length) {
      return 0;
    }
    return parts[i].matches("\\d{1,18}") ? Long.parseLong(parts[i]) : -1;
  }
}
