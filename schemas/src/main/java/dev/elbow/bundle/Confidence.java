package dev.elbow.bundle;

import java.util.Optional;

/**
 * How sure a threshold is, given how many rows it was found from. It covers the luck of the draw of
 * the held-out rows, and nothing of a stream that changes afterwards.
 *
 * @param level of both intervals, in (0, 1)
 * @param scoreFrom the least score that may be what exactly the false-alarm rate asked for exceeds,
 *     in nats
 * @param scoreTo the greatest; empty where the rows set no bound
 * @param rateFrom the least false-alarm rate that the threshold may really have, in [0, 1]
 * @param rateTo the greatest, in [0, 1]
 */
public record Confidence(
    double level, double scoreFrom, Optional<Double> scoreTo, double rateFrom, double rateTo) {

  /**
   * @throws IllegalArgumentException if a number is out of its range or an interval runs backwards
   */
  public Confidence {
    Rule.check(level > 0 && level < 1, "level: expected a number in (0, 1), found " + level);
    Rule.finite("scoreFrom", scoreFrom);
    double from = scoreFrom;
    scoreTo.ifPresent(
        to ->
            Rule.check(
                Double.isFinite(to) && to >= from,
                "scoreTo: expected a number from scoreFrom %s up, found %s".formatted(from, to)));
    Rule.check(
        0 <= rateFrom && rateFrom <= rateTo && rateTo <= 1,
        "expected 0 <= rateFrom <= rateTo <= 1, found %s and %s".formatted(rateFrom, rateTo));
  }
}
