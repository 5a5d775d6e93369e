package dev.elbow.trainer.data;

import dev.elbow.input.InvalidInputException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What each column of one CSV file is. Columns are counted from 0; −1 = there is none. */
final class CsvHeader {

  private final String file;
  private final Map<String, Integer> places;
  private final CsvColumns columns;
  private final Map<String, Integer> sensors = new LinkedHashMap<>();

  /**
   * @param names the header line, in order, without surrounding blanks
   * @throws InvalidInputException if a name is empty or occurs twice, if a column that is asked for
   *     is missing, or if no sensor is left
   */
  CsvHeader(String file, List<String> names, CsvColumns columns) {
    this.file = file;
    this.columns = columns;
    this.places = placesOf(file, names);
    requireColumns();
    places.forEach(
        (name, place) -> {
          if (isSensor(name)) {
            sensors.put(name, place);
          }
        });
    if (sensors.isEmpty()) {
      throw new InvalidInputException(
          "%s:1: no sensor columns; expected numeric columns besides %s, found: %s%s"
              .formatted(file, CsvColumns.TIMESTAMP, String.join(", ", names), otherSeparator()));
    }
    if (sensors.size() == 1 && !otherSeparator().isEmpty()) {
      throw new InvalidInputException("%s:1: one column only%s".formatted(file, otherSeparator()));
    }
  }

  private static Map<String, Integer> placesOf(String file, List<String> names) {
    Map<String, Integer> places = new LinkedHashMap<>();
    for (int place = 0; place < names.size(); place++) {
      String name = names.get(place);
      if (name.isEmpty()) {
        throw new InvalidInputException(
            "%s:1:%d: column without a name; give every column of the header a name"
                .formatted(file, place + 1));
      }
      Integer earlier = places.putIfAbsent(name, place);
      if (earlier != null) {
        throw new InvalidInputException(
            "%s:1:%d: column \"%s\" is there already, as column %d; give every column its own name"
                .formatted(file, place + 1, name, earlier + 1));
      }
    }
    return places;
  }

  private void requireColumns() {
    if (columns.labelRequired()) {
      require(columns.label(), "label");
    }
    columns.entity().ifPresent(name -> require(name, "entity"));
  }

  private void require(String name, String role) {
    if (!places.containsKey(name)) {
      throw new InvalidInputException(
          "%s:1: no %s column \"%s\"; the columns are: %s"
              .formatted(file, role, name, String.join(", ", places.keySet())));
    }
  }

  private boolean isSensor(String name) {
    return !name.equals(CsvColumns.TIMESTAMP)
        && !name.equals(columns.label())
        && !columns.entity().filter(name::equals).isPresent()
        && !columns.ignored().contains(name);
  }

  private String otherSeparator() {
    String only = places.size() == 1 ? places.keySet().iterator().next() : "";
    return only.contains(";") || only.contains("\t")
        ? "; fields must be separated by commas, not by semicolons or tabs"
        : "";
  }

  /** Number of columns of any kind. */
  int width() {
    return places.size();
  }

  int timestamp() {
    return placeUnlessIgnored(CsvColumns.TIMESTAMP);
  }

  int label() {
    return placeUnlessIgnored(columns.label());
  }

  int entity() {
    return columns.entity().map(this::placeUnlessIgnored).orElse(-1);
  }

  private int placeUnlessIgnored(String name) {
    return columns.ignored().contains(name) ? -1 : places.getOrDefault(name, -1);
  }

  /** Names of the sensors in the order of the file. */
  List<String> sensors() {
    return List.copyOf(sensors.keySet());
  }

  /** For each of these sensors its column. */
  int[] placesOf(List<String> names) {
    return names.stream().mapToInt(name -> places.getOrDefault(name, -1)).toArray();
  }

  /** Those of the columns to be ignored that this file has. */
  Set<String> ignored() {
    Set<String> present = new HashSet<>(columns.ignored());
    present.retainAll(places.keySet());
    return present;
  }

  /**
   * @throws InvalidInputException if this file has other columns than {@code first}; their order
   *     may differ
   */
  void requireSameColumnsAs(CsvHeader first) {
    Set<String> expected = first.meaningful();
    Set<String> found = meaningful();
    if (!expected.equals(found)) {
      throw new InvalidInputException(
          "%s:1: other columns than in %s%s%s; read files together only if they have the same sensors"
              .formatted(
                  file,
                  first.file,
                  listed("; missing here: ", expected, found),
                  listed("; only here: ", found, expected)));
    }
  }

  private Set<String> meaningful() {
    Set<String> names = new LinkedHashSet<>(places.keySet());
    names.removeAll(columns.ignored());
    return names;
  }

  private static String listed(String intro, Set<String> names, Set<String> without) {
    String rest =
        names.stream().filter(name -> !without.contains(name)).collect(Collectors.joining(", "));
    return rest.isEmpty() ? "" : intro + rest;
  }
}
