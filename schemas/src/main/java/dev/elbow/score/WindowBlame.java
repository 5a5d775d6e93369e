package dev.elbow.score;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Tells scores of white coordinates of the sensors whose windows they are.
 *
 * <p>Given z the features of a window are Gaussian, of precision Q = A diag(k) Aᵀ, and the part of
 * the cost that depends on the row is half a squared distance, q. Who is to blame for it is asked
 * by leaving each sensor out: Δ_d is by how much q falls when all of sensor d's features are
 * integrated out. A sensor that the others contradict takes nearly all of q with it, and one that
 * only stands beside it next to nothing, which no share of a sum of products tells apart. As
 * sensors can do that for each other, the falls do not sum up to q, and the contributions are the
 * falls brought to that sum. What does not depend on the row goes to the features as they make up
 * the coordinates.
 *
 * <pre>
 *   contribution_d = q Δ_d / Σ_e Δ_e + Σ_{f of d} Σ_j A_fj² / n_j rest_j
 * </pre>
 *
 * <p>Equations (53) and (54) of {@code docs/math.md}. It never changes and may be used from several
 * threads at once.
 */
public final class WindowBlame {

  private final Whitening whitening;
  private final int sensors;
  private final int features;
  private final double[] a;
  private final double[] squaredLengths;

  /**
   * @param whitening of F features, block after block of all sensors, block 0 being the scored row
   * @param sensors D, of which F is a multiple
   * @throws IllegalArgumentException if it is not
   */
  public WindowBlame(Whitening whitening, int sensors) {
    if (sensors < 1 || whitening.features() % sensors != 0) {
      throw new IllegalArgumentException(
          "whitening: expected a multiple of %d sensors, found %d features"
              .formatted(sensors, whitening.features()));
    }
    this.whitening = whitening;
    this.sensors = sensors;
    this.features = whitening.features();
    this.a = whitening.shared();
    this.squaredLengths = whitening.squaredLengths();
  }

  /**
   * @param white scores of {@link Whitening#forward}'s rows with every cell observed; kept
   * @param mask N×F, which features were observed: the others contribute nothing; kept
   */
  SensorScores of(ElboScores white, Mask mask) {
    double[] reconstruction =
        IntStream.range(0, white.count())
            .mapToDouble(i -> reconstruction(white, mask, i))
            .toArray();
    return new SensorScores(reconstruction, white.kl(), i -> blame(white.terms(i), mask, i));
  }

  /** Of a whole row it is what it is in white coordinates. */
  private double reconstruction(ElboScores white, Mask mask, int i) {
    if (mask.observedIn(i) == features) {
      return white.reconstruction(i);
    }
    RowTerms terms = white.terms(i);
    double[] rest = rest(terms);
    double nats = quadratic(terms, mask, i).total();
    for (int f = 0; f < features; f++) {
      if (mask.observed(i, f)) {
        nats += share(f, rest);
      }
    }
    return nats;
  }

  private Blame blame(RowTerms white, Mask mask, int i) {
    Falls falls = falls(white, mask, i);
    double all = falls.sum();
    double scale = all == 0 ? 0 : falls.quadratic() / all;
    double[] rest = rest(white);
    double[] contributions = new double[sensors];
    for (int d = 0; d < sensors; d++) {
      contributions[d] = scale * falls.ofSensors().get(d);
      for (int f = d; f < features; f += sensors) {
        contributions[d] += mask.observed(i, f) ? share(f, rest) : 0;
      }
    }
    return new Blame(contributions, expected(white), sigma(white));
  }

  /**
   * q and the Δ_d of row {@code i}, in nats: what {@link Blame} makes contributions of.
   *
   * @param white terms of that row, as for scoring; not modified
   * @param mask likewise
   */
  public Falls falls(RowTerms white, Mask mask, int i) {
    Quadratic row = quadratic(white, mask, i);
    return new Falls(row.total(), Arrays.stream(row.falls()).boxed().toList());
  }

  /**
   * Half a squared distance, and what it falls by without each sensor.
   *
   * @param quadratic q, at least 0
   * @param ofSensors Δ_d of each of D sensors, between 0 and q up to rounding
   */
  public record Falls(double quadratic, List<Double> ofSensors) {

    /** Σ_d Δ_d. */
    public double sum() {
      return ofSensors.stream().mapToDouble(Double::doubleValue).sum();
    }
  }

  /** The part of a row's cost that depends on it, the missing features integrated out. */
  private Quadratic quadratic(RowTerms white, Mask mask, int i) {
    double[] slope = white.slope().clone();
    whitening.settle(slope, white.curvature(), mask, i);
    return new Quadratic(a, sensors, slope, white.curvature(), mask, i);
  }

  /**
   * What the white coordinates cost beside it, the logarithms and the spread of the draws, per
   * squared length: (cost_j − ½ g_j² / k_j) / n_j.
   */
  private double[] rest(RowTerms white) {
    double[] rest = new double[features];
    for (int j = 0; j < features; j++) {
      double g = white.slope()[j];
      double nats = white.contributions()[j] - 0.5 * g * g / white.curvature()[j];
      rest[j] = nats / squaredLengths[j];
    }
    return rest;
  }

  /** What feature {@code f} has of them, A_fj² / n_j of each. */
  private double share(int f, double[] rest) {
    double nats = 0;
    for (int j = 0; j < features; j++) {
      double weight = a[f * features + j];
      nats += weight * weight * rest[j];
    }
    return nats;
  }

  /** (54): expected = c + û A⁻¹, of the scored row. */
  private double[] expected(RowTerms white) {
    double[] expected = whitening.back(white.expected(), sensors);
    for (int d = 0; d < sensors; d++) {
      expected[d] += whitening.centerOf(d);
    }
    return expected;
  }

  /** (54): what the white coordinates' variances add up to, taken as uncorrelated. */
  private double[] sigma(RowTerms white) {
    double[] sigma = new double[sensors];
    for (int d = 0; d < sensors; d++) {
      double variance = 0;
      for (int j = 0; j < features; j++) {
        double s = white.sigma()[j] * a[d * features + j] / squaredLengths[j];
        variance += s * s;
      }
      sigma[d] = Math.sqrt(variance);
    }
    return sigma;
  }
}
