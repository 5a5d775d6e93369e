package dev.elbow.trainer.report;

import dev.elbow.score.Blame;
import dev.elbow.score.Rows;
import dev.elbow.score.SensorScores;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The held-out rows as the report draws them: in the order of time, or in their own where they have
 * none. Every index here is a place in that order.
 */
public final class HeldOutRows {

  /** Who is to blame is worked out for no more rows than this, evenly along them. */
  private static final int MOST_BLAMED = 10_000;

  private final SensorScores scores;
  private final int step;
  private final List<Blame> blamed;
  private final double[] judged;
  private final Rows latentMeans;
  private final int[] order;
  private final Optional<Instant> first;
  private final Optional<Instant> last;

  /**
   * Takes the arrays as they are.
   *
   * @param scores of N rows, N at least 1
   * @param judged N scores as the threshold judges them, in nats, finite; smoothed or not
   * @param latentMeans N×K, the posterior means of the first member
   * @param order the N rows in the order of time
   * @param first when the first of them was observed
   * @param last when the last of them was observed
   * @throws IllegalArgumentException if the numbers of rows differ or there is none
   */
  public HeldOutRows(
      SensorScores scores,
      double[] judged,
      Rows latentMeans,
      int[] order,
      Optional<Instant> first,
      Optional<Instant> last) {
    int count = scores.count();
    if (count == 0
        || judged.length != count
        || latentMeans.count() != count
        || order.length != count) {
      throw new IllegalArgumentException(
          "held-out rows: expected one judged score, one posterior mean and one place for each of"
              + " %d, at least 1; found %d, %d and %d"
                  .formatted(count, judged.length, latentMeans.count(), order.length));
    }
    this.scores = scores;
    this.judged = judged;
    this.latentMeans = latentMeans;
    this.order = order;
    this.first = first;
    this.last = last;
    this.step = (count - 1) / MOST_BLAMED + 1;
    this.blamed =
        IntStream.iterate(0, place -> place < count, place -> place + step)
            .mapToObj(place -> scores.blame(order[place]))
            .toList();
  }

  /** How many rows, at least 1. */
  int count() {
    return order.length;
  }

  /** The score of a row as the threshold judges it. */
  double judged(int place) {
    return judged[order[place]];
  }

  /** All of them in order; a copy. */
  double[] judged() {
    double[] inOrder = new double[count()];
    for (int place = 0; place < inOrder.length; place++) {
      inOrder[place] = judged(place);
    }
    return inOrder;
  }

  /** The score of a row by itself. */
  double score(int place) {
    return scores.score(order[place]);
  }

  /**
   * What scores are made of, sensor by sensor: of all rows from one place up to another, or of some
   * of them, evenly, where there are very many.
   */
  List<Blame> blamed(int from, int to) {
    return blamed.subList(firstAt(from), firstAt(to));
  }

  private int firstAt(int place) {
    return (place + step - 1) / step;
  }

  /** μ_k of the first member. */
  double latentMean(int place, int k) {
    return latentMeans.get(order[place], k);
  }

  /** How many latents the first member has. */
  int latents() {
    return latentMeans.columns();
  }

  /** Whether the rows have times. */
  boolean series() {
    return first.isPresent();
  }

  /** When the first row was observed. */
  Optional<Instant> first() {
    return first;
  }

  /** When the last row was observed. */
  Optional<Instant> last() {
    return last;
  }
}
