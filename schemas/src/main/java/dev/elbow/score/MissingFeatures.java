package dev.elbow.score;

import java.util.BitSet;

/**
 * Fills features that are missing with their conditional mean given the others, under the Gaussian
 * of precision P = A Aᵀ that a whitening belongs to.
 *
 * <pre>
 *   f_m = c_m − P_mm⁻¹ P_mo (f_o − c_o)
 * </pre>
 *
 * <p>With the missing ones at their mean, f_m = c_m, the white coordinates are u⁰ and P_mo (f_o −
 * c_o) is A_m u⁰, so only P_mm has to be decomposed.
 */
final class MissingFeatures {

  private final int features;
  private final double[] a;
  private final Patterns<Factor> patterns;

  /**
   * @param a A, F×F, row-major; shared
   */
  MissingFeatures(int features, double[] a) {
    this.features = features;
    this.a = a;
    this.patterns = new Patterns<>(this::factor);
  }

  /**
   * (52): moves the white coordinates from those of the missing features' means to those of their
   * conditional means.
   *
   * @param u white coordinates of row {@code i} with its missing features at c; overwritten
   */
  void fill(double[] u, Mask mask, int i) {
    BitSet missing = Patterns.missingIn(mask, i);
    int[] rows = missing.stream().toArray();
    double[] moves = new double[rows.length];
    for (int k = 0; k < rows.length; k++) {
      for (int j = 0; j < features; j++) {
        moves[k] -= a[rows[k] * features + j] * u[j];
      }
    }
    patterns.of(missing).cholesky().solve(moves);
    for (int k = 0; k < rows.length; k++) {
      for (int j = 0; j < features; j++) {
        u[j] += moves[k] * a[rows[k] * features + j];
      }
    }
  }

  /** P_mm for one set of missing features. */
  private Factor factor(BitSet missing) {
    int[] rows = missing.stream().toArray();
    double[] matrix = new double[Math.multiplyExact(rows.length, rows.length)];
    for (int k = 0; k < rows.length; k++) {
      for (int l = 0; l <= k; l++) {
        matrix[k * rows.length + l] = product(rows[k], rows[l]);
      }
    }
    return new Factor(new CholeskyFactor(rows.length, matrix));
  }

  private double product(int d, int e) {
    double sum = 0;
    for (int j = 0; j < features; j++) {
      sum += a[d * features + j] * a[e * features + j];
    }
    return sum;
  }

  private record Factor(CholeskyFactor cholesky) implements Patterns.Sized {
    @Override
    public long numbers() {
      return cholesky.numbers();
    }
  }
}
