package dev.elbow.scoring;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * How much of a model's sensors must be observed for a score to count: with less, it says more of
 * what was filled in than of what was seen. The one rule of offline scoring and the detector.
 *
 * @param least the least share, in [0, 1]; at least one sensor must be observed in any case
 */
public record ObservedShare(double least) {

  /** Half of the sensors. */
  public static final ObservedShare DEFAULT = new ObservedShare(0.5);

  /**
   * @throws IllegalArgumentException if the share is not in [0, 1]
   */
  public ObservedShare {
    if (!(least >= 0 && least <= 1)) {
      throw new IllegalArgumentException(
          "observed share: expected a number from 0 to 1, found " + least);
    }
  }

  /**
   * The least number of sensors that must be observed, 1 to D, with the share taken for the decimal
   * number it was written as: in binary 0.55 · 100 exceeds 55.
   *
   * @param features D, at least 1
   */
  public int sensorsOf(int features) {
    return BigDecimal.valueOf(least)
        .multiply(BigDecimal.valueOf(features))
        .setScale(0, RoundingMode.CEILING)
        .max(BigDecimal.ONE)
        .intValueExact();
  }
}
