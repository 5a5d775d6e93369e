package dev.elbow.trainer.data;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a source held that could not be read as a row of sensors.
 *
 * @param byReason how many, by reason in kebab case, each at least 1; empty if there were none
 * @param examples the first few, each with its place and what was wrong, for a person
 */
public record SkippedRows(SortedMap<String, Long> byReason, List<String> examples) {

  /** Every row could be read. */
  public static final SkippedRows NONE = new SkippedRows(new TreeMap<>(), List.of());

  /** Copies both. */
  public SkippedRows {
    byReason = Collections.unmodifiableSortedMap(new TreeMap<>(byReason));
    examples = List.copyOf(examples);
  }

  /** How many there were, at least 0. */
  public long count() {
    return byReason.values().stream().mapToLong(Long::longValue).sum();
  }
}
