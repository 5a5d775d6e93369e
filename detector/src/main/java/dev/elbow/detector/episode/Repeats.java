package dev.elbow.detector.episode;

import dev.elbow.event.Episode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * What was told before a crash, of records that come again after it: it is told again, to the
 * letter, when they do. What was told of the records before them was committed with them.
 */
final class Repeats implements Consumer<Repeat> {

  private final NavigableMap<Long, List<Repeat>> byPosition = new TreeMap<>();

  @Override
  public void accept(Repeat told) {
    byPosition.computeIfAbsent(told.position(), position -> new ArrayList<>()).add(told);
  }

  boolean isEmpty() {
    return byPosition.isEmpty();
  }

  /** That is the offset of the first record that comes. */
  void beginAt(long offset) {
    byPosition.headMap(offset, false).clear();
  }

  /** The entities of which something may have to be told again. */
  Set<String> entities() {
    return byPosition.values().stream()
        .flatMap(List::stream)
        .map(told -> told.event().entity())
        .collect(Collectors.toSet());
  }

  /** What is to be told again when the record of that offset comes; once. */
  List<Episode> upTo(long offset) {
    NavigableMap<Long, List<Repeat>> due = byPosition.headMap(offset, true);
    List<Episode> events =
        due.values().stream()
            .flatMap(some -> some.stream().sorted(Comparator.comparingInt(Repeat::number)))
            .map(Repeat::event)
            .toList();
    due.clear();
    return events;
  }
}
