package dev.elbow.benchmarks.fuzz;

import dev.elbow.benchmarks.fuzz.Account.Place;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The acknowledgements that were sent, and those that were rejected. One that is taken leaves no
 * record: how many were is in the detector's metrics. Safe for use by several threads.
 */
final class AcknowledgementAccount {

  private final Map<Place, Entry> entries = new HashMap<>();
  private long sent;

  private static final class Entry {
    private boolean known;
    private boolean sound;
    private int fingerprint;
    private int rejections;
    private int rejected;
  }

  /** One was sent. */
  synchronized void sent(Place place, boolean sound, int fingerprint) {
    Entry entry = entry(place);
    entry.known = true;
    entry.sound = sound;
    entry.fingerprint = fingerprint;
    sent++;
  }

  /**
   * It was rejected.
   *
   * @param fingerprint of what was rejected
   */
  synchronized void rejected(Place place, int fingerprint) {
    Entry entry = entry(place);
    entry.rejections++;
    entry.rejected = fingerprint;
  }

  private Entry entry(Place place) {
    return entries.computeIfAbsent(place, unknown -> new Entry());
  }

  synchronized long sent() {
    return sent;
  }

  /**
   * What does not add up, each as a sentence. Add nothing more.
   *
   * @param taken how many had an effect or nothing to acknowledge, by the metrics
   * @param rejected how many were rejected, by the metrics
   */
  synchronized List<String> discrepancies(long taken, long rejected) {
    List<String> found = new ArrayList<>();
    long told = entries.values().stream().filter(entry -> entry.rejections > 0).count();
    if (taken + rejected != sent || rejected != told) {
      found.add(
          "acknowledgements: %d sent, %d rejected; metrics: %d taken, %d rejected"
              .formatted(sent, told, taken, rejected));
    }
    for (Map.Entry<Place, Entry> one : entries.entrySet()) {
      Entry entry = one.getValue();
      if (!entry.known) {
        found.add("acknowledgement at %s was rejected and never sent".formatted(one.getKey()));
      } else if (entry.rejections > 0 && entry.sound) {
        found.add("acknowledgement at %s is sound and was rejected".formatted(one.getKey()));
      } else if (entry.rejections > 1) {
        found.add("acknowledgement at %s was rejected again".formatted(one.getKey()));
      } else if (entry.rejections > 0 && entry.rejected != entry.fingerprint) {
        found.add("acknowledgement at %s is not as it was sent".formatted(one.getKey()));
      }
    }
    return found;
  }
}
