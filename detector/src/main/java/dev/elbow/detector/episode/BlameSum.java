package dev.elbow.detector.episode;

import dev.elbow.event.Contribution;
import dev.elbow.event.Episode.Blame;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the anomalies of an episode add up to, sensor by sensor: a value. It is the sum of what they
 * themselves say, so whoever has read them can check it.
 *
 * <p>At most {@value #MOST_SENSORS} sensors are remembered, those with the largest sums; one that
 * is dropped and named again begins anew.
 *
 * @param sums largest first
 */
record BlameSum(List<Blame> sums) {

  static final int MOST_SENSORS = 32;

  static final BlameSum NONE = new BlameSum(List.of());

  /** Copies the list. */
  BlameSum {
    sums = List.copyOf(sums);
  }

  /** After one more anomaly. */
  BlameSum plus(List<Contribution> contributions) {
    List<Blame> next = new ArrayList<>(sums);
    for (Contribution contribution : contributions) {
      int known = indexOf(next, contribution.name());
      if (known < 0) {
        next.add(new Blame(contribution.nats(), 1, contribution));
      } else {
        next.set(known, plus(next.get(known), contribution));
      }
    }
    next.sort(Comparator.comparingDouble(Blame::nats).reversed());
    return new BlameSum(next.subList(0, Math.min(MOST_SENSORS, next.size())));
  }

  /** So many sensors, or all there are, those with the largest sums. */
  List<Blame> most(int sensors) {
    return sums.subList(0, Math.min(sensors, sums.size()));
  }

  private static int indexOf(List<Blame> sums, String sensor) {
    return Stream.iterate(0, i -> i < sums.size(), i -> i + 1)
        .filter(i -> sums.get(i).name().equals(sensor))
        .findFirst()
        .orElse(-1);
  }

  private static Blame plus(Blame sum, Contribution one) {
    return new Blame(
        Math.max(-Double.MAX_VALUE, Math.min(Double.MAX_VALUE, sum.nats() + one.nats())),
        sum.anomalies() + 1,
        one.nats() > sum.most().nats() ? one : sum.most());
  }
}
