package dev.elbow.benchmarks.fuzz;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What was sent and what came of it, record by record. Safe for use by several threads. */
final class Account {

  private final Map<Place, Entry> entries = new HashMap<>();
  private long outcomes;

  /** Where a record lies in the topic of observations. */
  record Place(int partition, long offset) {}

  private static final class Entry {
    private Optional<String> kind = Optional.empty();
    private int sent;
    private int outcomes;
    private int anomalies;
    private boolean anomalous;
    private boolean warmingUp;
    private Optional<String> reason = Optional.empty();
    private int rejected;
  }

  /** A record was sent. */
  synchronized void sent(Place place, String kind, int fingerprint) {
    Entry entry = entry(place);
    entry.kind = Optional.of(kind);
    entry.sent = fingerprint;
  }

  /** It has a score, or its entity is warming up. */
  synchronized void scored(Place place, boolean warmingUp, boolean anomalous) {
    Entry entry = entry(place);
    entry.outcomes++;
    entry.warmingUp = warmingUp;
    entry.anomalous |= anomalous;
    outcomes++;
  }

  /** It is an anomaly, which comes beside the score. */
  synchronized void anomaly(Place place) {
    entry(place).anomalies++;
  }

  /**
   * It was rejected.
   *
   * @param fingerprint of what was rejected
   */
  synchronized void rejected(Place place, String reason, int fingerprint) {
    Entry entry = entry(place);
    entry.outcomes++;
    entry.reason = Optional.of(reason);
    entry.rejected = fingerprint;
    outcomes++;
  }

  private Entry entry(Place place) {
    return entries.computeIfAbsent(place, unknown -> new Entry());
  }

  /** How many outcomes there are by now, of whatever. */
  synchronized long outcomes() {
    return outcomes;
  }

  /** What became of the records, by what was done to them. Add nothing more. */
  synchronized Map<String, Tally> tallies() {
    Map<String, Tally> tallies = new HashMap<>();
    for (Entry entry : entries.values()) {
      tallies
          .computeIfAbsent(entry.kind.orElse(Tally.NEVER_SENT), kind -> new Tally())
          .add(outcome(entry));
    }
    return tallies;
  }

  private static Tally.Outcome outcome(Entry entry) {
    boolean untold = entry.anomalous && entry.anomalies == 0;
    return new Tally.Outcome(
        entry.outcomes > 0 && entry.reason.isEmpty() && !entry.warmingUp,
        entry.anomalous,
        entry.warmingUp,
        entry.reason,
        entry.outcomes == 0 || untold,
        Math.max(0, entry.outcomes - 1) + Math.max(0, entry.anomalies - (entry.anomalous ? 1 : 0)),
        entry.reason.isPresent() && entry.sent != entry.rejected);
  }
}
