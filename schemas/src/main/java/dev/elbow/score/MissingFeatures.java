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

  /** Missing features are settled when no more than this is left of the first slope. */
  private static final double SETTLED = 1e-10;

  /**
   * More steps than it takes where σ is within 0.2 and 1, and an end for networks out of bounds.
   */
  private static final int MOST_STEPS = 100;

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

  /**
   * (53): moves the missing features to where the row costs least under what the decoder expects:
   * by δ with Q_mm δ = −(A g)_m, Q = A diag(k) Aᵀ, and so the slopes to g + diag(k) A_mᵀ δ.
   *
   * <p>Solved by conjugate gradients (Hestenes and Stiefel 1952), preconditioned by P_mm, whose
   * factors are kept: Q_mm differs from row to row, and to decompose it costs the cube of the
   * number missing. As k is within 1/σ_max² to 1/σ_min², the error falls by a third and more each
   * time.
   *
   * @param slope g, of the white coordinates; overwritten
   * @param curvature k, positive; not modified
   */
  void settle(double[] slope, double[] curvature, Mask mask, int i) {
    BitSet missing = Patterns.missingIn(mask, i);
    int[] rows = missing.stream().toArray();
    CholeskyFactor known = patterns.of(missing).cholesky();
    double[] residual = timesRows(rows, slope);
    double[] direction = residual.clone();
    known.solve(direction);
    double power = dot(residual, direction);
    double enough = power * SETTLED * SETTLED;
    for (int step = 0; step < MOST_STEPS && power > enough; step++) {
      double[] moved = timesColumns(rows, direction, curvature);
      double[] image = timesRows(rows, moved);
      double length = power / dot(direction, image);
      for (int j = 0; j < features; j++) {
        slope[j] -= length * moved[j];
      }
      for (int k = 0; k < rows.length; k++) {
        residual[k] -= length * image[k];
      }
      double[] next = residual.clone();
      known.solve(next);
      double nextPower = dot(residual, next);
      for (int k = 0; k < rows.length; k++) {
        direction[k] = next[k] + nextPower / power * direction[k];
      }
      power = nextPower;
    }
  }

  /** A_m v. */
  private double[] timesRows(int[] rows, double[] v) {
    double[] product = new double[rows.length];
    for (int k = 0; k < rows.length; k++) {
      for (int j = 0; j < features; j++) {
        product[k] += a[rows[k] * features + j] * v[j];
      }
    }
    return product;
  }

  /** diag(k) A_mᵀ w. */
  private double[] timesColumns(int[] rows, double[] w, double[] curvature) {
    double[] product = new double[features];
    for (int k = 0; k < rows.length; k++) {
      for (int j = 0; j < features; j++) {
        product[j] += curvature[j] * a[rows[k] * features + j] * w[k];
      }
    }
    return product;
  }

  private static double dot(double[] v, double[] w) {
    double sum = 0;
    for (int k = 0; k < v.length; k++) {
      sum += v[k] * w[k];
    }
    return sum;
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
