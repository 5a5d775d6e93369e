package dev.elbow.benchmarks.reliability;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What became of every record of the input. Safe for use by several threads. */
final class Ledger {

  /** Float rows differ by the size of their batch; scores are some nats. */
  private static final double SAME_NATS = 1e-3;

  private static final double SAME_SHARE = 1e-4;

  private static final int SHOWN = 10;

  private final Map<Source, Entry> entries = new HashMap<>();
  private final long[] furthest = new long[KnownInput.PARTITIONS];
  private final String[] latestModel = new String[KnownInput.PARTITIONS];

  private record Source(int partition, long offset) {}

  private static final class Entry {
    private int outcomes;
    private int anomalies;
    private boolean anomalous;
    private double score = Double.NaN;
  }

  /**
   * What is wrong.
   *
   * @param missing records without an outcome, and anomalous ones without an anomaly
   * @param duplicated outcomes beyond the first of a record, and anomalies likewise
   */
  record Tally(long missing, long duplicated) {

    /** With what is wrong elsewhere. */
    Tally plus(Tally other) {
      return new Tally(missing + other.missing, duplicated + other.duplicated);
    }
  }

  synchronized void add(Outcome outcome) {
    Entry entry =
        entries.computeIfAbsent(
            new Source(outcome.partition(), outcome.offset()), source -> new Entry());
    if (outcome.kind() == Outcome.Kind.ANOMALY) {
      entry.anomalies++;
      return;
    }
    entry.outcomes++;
    entry.anomalous |= outcome.anomalous();
    entry.score = outcome.score();
    int p = outcome.partition();
    if (outcome.offset() >= furthest[p]) {
      furthest[p] = outcome.offset() + 1;
      latestModel[p] = outcome.model();
    }
  }

  /** Whether there are outcomes beyond these offsets in every partition. */
  synchronized boolean isBeyond(long[] ends) {
    for (int p = 0; p < ends.length; p++) {
      if (furthest[p] <= ends[p]) {
        return false;
      }
    }
    return true;
  }

  /** Whether it was this model that judged the last record of every partition. */
  synchronized boolean isAtModel(String model) {
    return Arrays.stream(latestModel).allMatch(model::equals);
  }

  /**
   * Goes through all records.
   *
   * @param ends by partition, the offset after the last record
   */
  synchronized Tally tally(long[] ends) {
    long missing = 0;
    long duplicated = 0;
    for (int p = 0; p < ends.length; p++) {
      for (long offset = 0; offset < ends[p]; offset++) {
        Entry entry = entries.getOrDefault(new Source(p, offset), new Entry());
        missing += entry.outcomes == 0 || (entry.anomalous && entry.anomalies == 0) ? 1 : 0;
        duplicated += Math.max(0, entry.outcomes - 1) + Math.max(0, entry.anomalies - 1);
      }
    }
    return new Tally(missing, duplicated);
  }

  /** The first records of which something is missing, partition@offset. */
  synchronized List<String> missing(long[] ends) {
    List<String> missing = new ArrayList<>();
    for (int p = 0; p < ends.length; p++) {
      for (long offset = 0; offset < ends[p] && missing.size() < SHOWN; offset++) {
        Entry entry = entries.getOrDefault(new Source(p, offset), new Entry());
        if (entry.outcomes == 0) {
          missing.add("%d@%d".formatted(p, offset));
        } else if (entry.anomalous && entry.anomalies == 0) {
          missing.add("the anomaly of %d@%d".formatted(p, offset));
        }
      }
    }
    return missing;
  }

  /** How many records have another score, or none, where the other ledger has one. */
  synchronized long differingFrom(Ledger other) {
    return other.scores().entrySet().stream()
        .filter(
            expected -> {
              Entry entry = entries.getOrDefault(expected.getKey(), new Entry());
              return !same(entry.score, expected.getValue());
            })
        .count();
  }

  private synchronized Map<Source, Double> scores() {
    Map<Source, Double> scores = new HashMap<>();
    entries.forEach((source, entry) -> scores.put(source, entry.score));
    return scores;
  }

  private static boolean same(double a, double b) {
    return (Double.isNaN(a) && Double.isNaN(b))
        || Math.abs(a - b) <= SAME_NATS + SAME_SHARE * Math.abs(b);
  }
}
