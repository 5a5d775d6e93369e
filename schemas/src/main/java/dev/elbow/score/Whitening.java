package dev.elbow.score;

import java.util.Arrays;

/**
 * The linear map that makes the features of a window uncorrelated and of like size.
 *
 * <pre>
 *   u = (f − c) A,   A = E diag(λ + r)^−½
 * </pre>
 *
 * <p>E and λ are eigenvectors and eigenvalues of the features' covariance over the fit rows, r is a
 * ridge. The columns of A are orthogonal, so its inverse is its transpose with every row divided by
 * the squared length n_j of that column: (A⁻¹)_jd = A_dj / n_j.
 *
 * <p>A missing feature is filled with what the others let expect of it under the Gaussian that the
 * map belongs to, of precision P = A Aᵀ; once the decoder has said what it expects the feature is
 * integrated out, as everywhere a missing value is. {@link WindowBlame} tells of the sensors what
 * was scored on the other side.
 *
 * <p>Equations (50) to (52) of {@code docs/math.md}. It never changes and may be used from several
 * threads at once.
 */
public final class Whitening {

  /** What rounding may cost a round trip, relative to the sizes that take part in it. */
  private static final double ROUND_TRIP = 1e-6;

  private final int features;
  private final double[] center;

  /** F×F, row-major: row d belongs to a feature, column j to a white coordinate. */
  private final double[] a;

  /** n_j, the squared length of column j. */
  private final double[] squaredLengths;

  private final MissingFeatures missing;

  private Whitening(double[] center, double[] a) {
    this.features = center.length;
    this.center = center;
    this.a = a;
    this.squaredLengths = new double[features];
    for (int d = 0; d < features; d++) {
      for (int j = 0; j < features; j++) {
        squaredLengths[j] += a[d * features + j] * a[d * features + j];
      }
    }
    this.missing = new MissingFeatures(features, a);
    requireInverse();
  }

  /**
   * A map from its numbers.
   *
   * @param center c, F finite numbers; copied
   * @param a A, F×F finite numbers, row-major, its columns orthogonal; copied
   * @throws IllegalArgumentException if the numbers are not as said
   */
  public static Whitening of(double[] center, double[] a) {
    int features = center.length;
    if (features == 0 || (long) features * features != a.length) {
      throw new IllegalArgumentException(
          "whitening: expected F and F×F numbers, found %d and %d".formatted(features, a.length));
    }
    if (!Arrays.stream(center).allMatch(Double::isFinite)
        || !Arrays.stream(a).allMatch(Double::isFinite)) {
      throw new IllegalArgumentException("whitening: a number is not finite");
    }
    return new Whitening(center.clone(), a.clone());
  }

  /**
   * Whether the columns are orthogonal, by a round trip of one vector: O(F²) where proof is O(F³).
   */
  private void requireInverse() {
    double[] probe = new double[features];
    for (int j = 0; j < features; j++) {
      probe[j] = Math.cos(j + 1.0) * Math.sqrt(squaredLengths[j]);
    }
    double[] back = times(back(probe, features));
    for (int j = 0; j < features; j++) {
      double size = Math.sqrt(squaredLengths[j] * features);
      if (!(Math.abs(back[j] - probe[j]) <= ROUND_TRIP * size)) {
        throw new IllegalArgumentException(
            "whitening: the columns of the matrix are not orthogonal, or one is zero");
      }
    }
  }

  /** Width F of the features and of the white coordinates. */
  public int features() {
    return features;
  }

  /** c, F numbers; a copy. */
  public double[] center() {
    return center.clone();
  }

  /** A, F×F numbers, row-major; a copy. */
  public double[] matrix() {
    return a.clone();
  }

  /** n_j, the squared lengths of the columns of A, F positive numbers; a copy. */
  public double[] squaredLengths() {
    return squaredLengths.clone();
  }

  /**
   * (50), (52): the white coordinates of feature rows, missing features filled.
   *
   * @param f N×F; what stands in missing cells plays no part; not modified
   * @param mask N×F, which cells were observed
   * @return N×F
   */
  public Rows forward(Rows f, Mask mask) {
    Rows u = Rows.zeros(f.count(), features);
    double[] centred = new double[features];
    for (int i = 0; i < f.count(); i++) {
      for (int d = 0; d < features; d++) {
        centred[d] = mask.observed(i, d) ? f.get(i, d) - center[d] : 0;
      }
      double[] white = times(centred);
      if (mask.observedIn(i) < features) {
        missing.fill(white, mask, i);
      }
      System.arraycopy(white, 0, u.values(), i * features, features);
    }
    return u;
  }

  /**
   * Moves the missing features of row {@code i} to where the row costs least, which is the same as
   * integrating them out: then the slope by each of them is 0.
   *
   * @param slope g, of the white coordinates; overwritten
   * @param curvature k, positive; not modified
   */
  void settle(double[] slope, double[] curvature, Mask mask, int i) {
    if (mask.observedIn(i) < features) {
      missing.settle(slope, curvature, mask, i);
    }
  }

  /** A itself, not a copy. */
  double[] shared() {
    return a;
  }

  /** c of feature {@code f}. */
  double centerOf(int f) {
    return center[f];
  }

  /** v A, for v in features. */
  private double[] times(double[] v) {
    double[] product = new double[features];
    for (int d = 0; d < features; d++) {
      double factor = v[d];
      if (factor != 0) {
        int row = d * features;
        for (int j = 0; j < features; j++) {
          product[j] += factor * a[row + j];
        }
      }
    }
    return product;
  }

  /** The first numbers of w A⁻¹, for w in white coordinates. */
  double[] back(double[] w, int count) {
    double[] scaled = new double[features];
    for (int j = 0; j < features; j++) {
      scaled[j] = w[j] / squaredLengths[j];
    }
    double[] product = new double[count];
    for (int d = 0; d < count; d++) {
      double sum = 0;
      int row = d * features;
      for (int j = 0; j < features; j++) {
        sum += scaled[j] * a[row + j];
      }
      product[d] = sum;
    }
    return product;
  }
}
