package dev.elbow.trainer.mixture;

import dev.elbow.score.Mask;
import dev.elbow.score.Rows;
import dev.elbow.score.SensorMap;
import dev.elbow.score.SensorMaps;
import dev.elbow.score.Squash;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.hipparchus.special.Erf;

/**
 * Finds the maps under which every sensor looks normal over the rows of a fit.
 *
 * <p>Equation (70) of {@code docs/math.md}. The standard deviation is the population's.
 */
final class SensorMapFit {

  /** Odd, so that the median is one of them. */
  private static final int KNOTS = 33;

  /**
   * Nothing is stretched by more: a value that many rows share would else be pulled apart from its
   * neighbours without end. It is one over the least deviation that the decoder may claim, too.
   */
  private static final double STEEPEST = 5;

  private SensorMapFit() {}

  /**
   * Fits.
   *
   * @param x N×D, model rows of the fit; not modified
   * @param mask N×D, which cells were observed; the others play no part
   * @param squash that the rows went through
   */
  static SensorMaps fit(Rows x, Mask mask, Squash squash) {
    List<SensorMap> maps = new ArrayList<>();
    for (int d = 0; d < x.columns(); d++) {
      int sensor = d;
      maps.add(
          fit(
              IntStream.range(0, x.count())
                  .filter(i -> mask.observed(i, sensor))
                  .mapToDouble(i -> squash.invert(x.get(i, sensor)))
                  .sorted()
                  .toArray()));
    }
    return new SensorMaps(maps, squash);
  }

  /**
   * The map of one sensor.
   *
   * @param ascending u, its standardised values, at least one; not modified
   */
  static SensorMap fit(double[] ascending) {
    SensorMap raw = normalScores(ascending);
    double mean = Arrays.stream(ascending).map(raw::apply).average().orElse(0);
    double variance =
        Arrays.stream(ascending)
            .map(u -> (raw.apply(u) - mean) * (raw.apply(u) - mean))
            .average()
            .orElse(0);
    double scale = variance > 0 ? Math.sqrt(variance) : 1;
    return new SensorMap(
        raw.knots(), Arrays.stream(raw.values()).map(t -> (t - mean) / scale).toArray());
  }

  /** t(u) of (70): u itself where all but a few values are the same. */
  private static SensorMap normalScores(double[] ascending) {
    List<Double> knots = new ArrayList<>();
    List<Double> normal = new ArrayList<>();
    for (int i = 0; i < KNOTS; ) {
      double knot = quantile(ascending, i);
      double sum = 0;
      int next = i;
      for (; next < KNOTS && !SensorMap.apart(knot, quantile(ascending, next)); next++) {
        sum += normalQuantile(next);
      }
      knots.add(knot);
      normal.add(sum / (next - i));
      i = next;
    }
    return knots.size() < 2
        ? new SensorMap(new double[] {0, 1}, new double[] {0, 1})
        : cumulated(knots, normal);
  }

  private static SensorMap cumulated(List<Double> knots, List<Double> normal) {
    double[] q = knots.stream().mapToDouble(Double::doubleValue).toArray();
    double[] t = new double[q.length];
    for (int i = 0; i + 1 < q.length; i++) {
      // (70)  g_i = min(Δz_i / Δq_i, 5)
      double step = q[i + 1] - q[i];
      t[i + 1] = t[i] + step * Math.min((normal.get(i + 1) - normal.get(i)) / step, STEEPEST);
    }
    return new SensorMap(q, t);
  }

  /** p_i = (i + ½)/33. */
  private static double share(int knot) {
    return (knot + 0.5) / KNOTS;
  }

  private static double normalQuantile(int knot) {
    return Math.sqrt(2) * Erf.erfInv(2 * share(knot) - 1);
  }

  /** Linear between the two nearest values, so that it is exact where these are equal. */
  private static double quantile(double[] ascending, int knot) {
    double place = share(knot) * (ascending.length - 1);
    int below = (int) place;
    double low = ascending[below];
    return low + (place - below) * (ascending[Math.min(below + 1, ascending.length - 1)] - low);
  }
}
