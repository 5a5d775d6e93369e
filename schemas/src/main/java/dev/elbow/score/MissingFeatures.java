package dev.elbow.score;

import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Fills features that are missing with their conditional mean given the others, under the Gaussian
 * of precision P = A Aᵀ that a whitening belongs to.
 *
 * <pre>
 *   f_m = c_m − P_mm⁻¹ P_mo (f_o − c_o)
 * </pre>
 *
 * <p>With the missing ones at their mean, f_m = c_m, the white coordinates are u⁰ and P_mo (f_o −
 * c_o) is A_m u⁰, so only P_mm has to be decomposed. Which features are missing hardly changes from
 * row to row: the factors of a few patterns are kept.
 */
final class MissingFeatures {

  /** Numbers kept, in all factors together: 32 MB. */
  private static final int KEPT_NUMBERS = 4 << 20;

  private final int features;
  private final double[] a;
  private final Map<BitSet, Pattern> patterns = new LinkedHashMap<>(16, 0.75f, true);
  private long kept;

  /**
   * @param a A, F×F, row-major; shared
   */
  MissingFeatures(int features, double[] a) {
    this.features = features;
    this.a = a;
  }

  /**
   * (52): moves the white coordinates from those of the missing features' means to those of their
   * conditional means.
   *
   * @param u white coordinates of row {@code i} with its missing features at c; overwritten
   */
  void fill(double[] u, Mask mask, int i) {
    int[] rows = missingIn(mask, i).stream().toArray();
    double[] moves = new double[rows.length];
    for (int k = 0; k < rows.length; k++) {
      for (int j = 0; j < features; j++) {
        moves[k] -= a[rows[k] * features + j] * u[j];
      }
    }
    pattern(missingIn(mask, i), rows).solve(moves);
    for (int k = 0; k < rows.length; k++) {
      for (int j = 0; j < features; j++) {
        u[j] += moves[k] * a[rows[k] * features + j];
      }
    }
  }

  private BitSet missingIn(Mask mask, int i) {
    BitSet missing = new BitSet(features);
    for (int d = 0; d < features; d++) {
      missing.set(d, !mask.observed(i, d));
    }
    return missing;
  }

  private synchronized Pattern pattern(BitSet missing, int[] rows) {
    Pattern known = patterns.get(missing);
    if (known != null) {
      return known;
    }
    Pattern pattern = new Pattern(rows);
    patterns.put(missing, pattern);
    kept += pattern.numbers();
    var eldest = patterns.entrySet().iterator();
    while (kept > KEPT_NUMBERS && patterns.size() > 1) {
      kept -= eldest.next().getValue().numbers();
      eldest.remove();
    }
    return pattern;
  }

  /** The lower Cholesky factor of P_mm for one set of missing features. */
  private final class Pattern {

    private final int size;
    private final double[] factor;

    Pattern(int[] rows) {
      this.size = rows.length;
      this.factor = new double[Math.multiplyExact(size, size)];
      for (int k = 0; k < size; k++) {
        for (int l = 0; l <= k; l++) {
          double sum = product(rows[k], rows[l]);
          for (int j = 0; j < l; j++) {
            sum -= factor[k * size + j] * factor[l * size + j];
          }
          factor[k * size + l] = k == l ? Math.sqrt(sum) : sum / factor[l * size + l];
        }
      }
    }

    private double product(int d, int e) {
      double sum = 0;
      for (int j = 0; j < features; j++) {
        sum += a[d * features + j] * a[e * features + j];
      }
      return sum;
    }

    int numbers() {
      return factor.length;
    }

    /** P_mm⁻¹ b, in place. */
    void solve(double[] b) {
      for (int k = 0; k < size; k++) {
        for (int l = 0; l < k; l++) {
          b[k] -= factor[k * size + l] * b[l];
        }
        b[k] /= factor[k * size + k];
      }
      for (int k = size - 1; k >= 0; k--) {
        for (int l = k + 1; l < size; l++) {
          b[k] -= factor[l * size + k] * b[l];
        }
        b[k] /= factor[k * size + k];
      }
    }
  }
}
