package dev.elbow.score;

import java.util.BitSet;
import java.util.stream.IntStream;

/**
 * q = ½ Σ_j g_j² / k_j, half the squared distance of a window's observed features from what was
 * expected of them, under their Gaussian of precision Q = A diag(k) Aᵀ; and by how much less it is
 * without one sensor.
 *
 * <p>With features m integrated out it is the least that q can be made by moving them: less by
 *
 * <pre>
 *   Δ_m = ½ h_mᵀ Q_mm⁻¹ h_m,   h = A g
 * </pre>
 *
 * <p>and where others, M, have been integrated out before, so that h_M = 0, by the same with Q_mm −
 * Q_mM Q_MM⁻¹ Q_Mm in place of Q_mm. Equation (53) of {@code docs/math.md}.
 */
final class Quadratic {

  private final double[] a;
  private final int sensors;
  private final int features;
  private final double[] slope;
  private final double[] curvature;
  private final BitSet missing;

  /**
   * @param a A, F×F, row-major; shared
   * @param sensors D: feature f is of sensor f mod D
   * @param slope g, with missing features where they cost least; kept
   * @param curvature k, positive; kept
   * @param mask which features were observed, in its row {@code i}
   */
  Quadratic(double[] a, int sensors, double[] slope, double[] curvature, Mask mask, int i) {
    this.a = a;
    this.sensors = sensors;
    this.features = slope.length;
    this.slope = slope;
    this.curvature = curvature;
    this.missing = Patterns.missingIn(mask, i);
  }

  /** q, in nats, at least 0. */
  double total() {
    double nats = 0;
    for (int j = 0; j < features; j++) {
      nats += 0.5 * slope[j] * slope[j] / curvature[j];
    }
    return nats;
  }

  /** Δ_d of every sensor, in nats, between 0 and q up to rounding; 0 of one that was missing. */
  double[] falls() {
    int[] gone = missing.stream().toArray();
    CholeskyFactor known = new CholeskyFactor(gone.length, precision(gone, gone));
    return IntStream.range(0, sensors).mapToDouble(d -> fall(d, gone, known)).toArray();
  }

  private double fall(int d, int[] gone, CholeskyFactor known) {
    int[] own =
        IntStream.iterate(d, f -> f < features, f -> f + sensors)
            .filter(f -> !missing.get(f))
            .toArray();
    double[] conditional = precision(own, own);
    subtractExplained(conditional, precision(own, gone), own.length, known);
    double[] h = new double[own.length];
    for (int k = 0; k < own.length; k++) {
      for (int j = 0; j < features; j++) {
        h[k] += a[own[k] * features + j] * slope[j];
      }
    }
    new CholeskyFactor(own.length, conditional).solveLower(h);
    double nats = 0;
    for (double part : h) {
      nats += 0.5 * part * part;
    }
    return nats;
  }

  /**
   * Q_mm ← Q_mm − Q_mM Q_MM⁻¹ Q_Mm.
   *
   * @param across Q_mM, row-major; overwritten
   */
  private static void subtractExplained(
      double[] conditional, double[] across, int own, CholeskyFactor known) {
    int gone = own == 0 ? 0 : across.length / own;
    for (int k = 0; gone > 0 && k < own; k++) {
      double[] row = new double[gone];
      System.arraycopy(across, k * gone, row, 0, gone);
      known.solveLower(row);
      System.arraycopy(row, 0, across, k * gone, gone);
    }
    for (int k = 0; k < own; k++) {
      for (int l = 0; l < own; l++) {
        for (int j = 0; j < gone; j++) {
          conditional[k * own + l] -= across[k * gone + j] * across[l * gone + j];
        }
      }
    }
  }

  /** Q of some features and some others, row-major. */
  private double[] precision(int[] rows, int[] columns) {
    double[] matrix = new double[Math.multiplyExact(rows.length, columns.length)];
    double[] scaled = new double[features];
    for (int k = 0; k < rows.length; k++) {
      for (int j = 0; j < features; j++) {
        scaled[j] = a[rows[k] * features + j] * curvature[j];
      }
      for (int l = 0; l < columns.length; l++) {
        double sum = 0;
        for (int j = 0; j < features; j++) {
          sum += scaled[j] * a[columns[l] * features + j];
        }
        matrix[k * columns.length + l] = sum;
      }
    }
    return matrix;
  }
}
