package dev.elbow.benchmarks.fuzz;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What became of the records of one kind, counted. */
final class Tally {

  /** The kind of records that have an outcome and were never sent. */
  static final String NEVER_SENT = "never sent";

  private long records;
  private long scored;
  private long anomalous;
  private long warmingUp;
  private final Map<String, Long> rejected = new TreeMap<>();
  private long missing;
  private long duplicated;
  private long altered;

  /**
   * What became of one record.
   *
   * @param missing whether it has no outcome, or an anomaly was not told
   * @param duplicated how many outcomes and anomalies it has too many
   * @param altered whether it was rejected with another key, value or headers than it had
   */
  record Outcome(
      boolean scored,
      boolean anomalous,
      boolean warmingUp,
      Optional<String> reason,
      boolean missing,
      int duplicated,
      boolean altered) {}

  void add(Outcome outcome) {
    records++;
    scored += outcome.scored() ? 1 : 0;
    anomalous += outcome.anomalous() ? 1 : 0;
    warmingUp += outcome.warmingUp() ? 1 : 0;
    outcome.reason().ifPresent(reason -> rejected.merge(reason, 1L, Long::sum));
    missing += outcome.missing() ? 1 : 0;
    duplicated += outcome.duplicated();
    altered += outcome.altered() ? 1 : 0;
  }

  void add(Tally other) {
    records += other.records;
    scored += other.scored;
    anomalous += other.anomalous;
    warmingUp += other.warmingUp;
    other.rejected.forEach((reason, count) -> rejected.merge(reason, count, Long::sum));
    missing += other.missing;
    duplicated += other.duplicated;
    altered += other.altered;
  }

  long records() {
    return records;
  }

  /** With a score, anomalous ones included. */
  long scored() {
    return scored;
  }

  long anomalous() {
    return anomalous;
  }

  long warmingUp() {
    return warmingUp;
  }

  long rejected() {
    return rejected.values().stream().mapToLong(Long::longValue).sum();
  }

  /** How many were rejected for each reason that there was. */
  Map<String, Long> reasons() {
    return Map.copyOf(rejected);
  }

  long missing() {
    return missing;
  }

  long duplicated() {
    return duplicated;
  }

  long altered() {
    return altered;
  }

  /** Whether each has one outcome, and those that were rejected are as they were sent. */
  boolean addsUp() {
    return missing == 0
        && duplicated == 0
        && altered == 0
        && scored + warmingUp + rejected() == records;
  }
}
