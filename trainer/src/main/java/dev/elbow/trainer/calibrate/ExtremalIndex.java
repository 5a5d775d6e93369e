package dev.elbow.trainer.calibrate;

import java.util.ArrayList;
import java.util.List;

/**
 * How much high values of a series come in runs: the extremal index θ, one over the mean size of a
 * run.
 *
 * <pre>
 *   θ = min(1, 2 (Σ T_i)² / (M Σ T_i²))                          if no T_i exceeds 2
 *   θ = min(1, 2 (Σ (T_i − 1))² / (M Σ (T_i − 1)(T_i − 2)))      otherwise
 * </pre>
 *
 * <p>T_1 … T_M are the numbers of rows from one value above the level to the next. Where values
 * above it are independent they are geometric and θ = 1; in runs, many are 1 and few are long. The
 * estimate needs no choice of how far apart two runs have to be.
 *
 * <p>Equation (61) of {@code docs/math.md}. Source: Ferro and Segers 2003, "Inference for clusters
 * of extreme values", Journal of the Royal Statistical Society B 65(2), equation 5.
 */
final class ExtremalIndex {

  private ExtremalIndex() {}

  /**
   * The extremal index of the values above a level.
   *
   * @param series each in the order of time; not modified
   * @return in (0, 1]; 1 where no series has two values above the level
   */
  static double of(List<double[]> series, double level) {
    List<Integer> gaps = new ArrayList<>();
    series.forEach(values -> addGaps(values, level, gaps));
    if (gaps.isEmpty()) {
      return 1;
    }
    int less = gaps.stream().allMatch(gap -> gap <= 2) ? 0 : 1;
    double sum = 0;
    double squares = 0;
    for (int gap : gaps) {
      sum += gap - less;
      squares += (double) (gap - less) * (gap - 2 * less);
    }
    return Math.min(1, 2 * sum * sum / (gaps.size() * squares));
  }

  private static void addGaps(double[] values, double level, List<Integer> gaps) {
    int last = -1;
    for (int i = 0; i < values.length; i++) {
      if (values[i] > level) {
        if (last >= 0) {
          gaps.add(i - last);
        }
        last = i;
      }
    }
  }
}
