package dev.elbow.score;

import java.util.Arrays;

/**
 * What a row's score is made of, sensor by sensor: the contributions sum up to its reconstruction
 * term, to rounding.
 */
public final class Blame {

  private final double[] contributions;
  private final double[] expected;
  private final double[] sigma;

  /**
   * Takes the arrays as they are, D numbers each.
   *
   * @param contributions in nats
   * @param expected in model units
   * @param sigma in model units, positive
   */
  Blame(double[] contributions, double[] expected, double[] sigma) {
    this.contributions = contributions;
    this.expected = expected;
    this.sigma = sigma;
  }

  /** Number of sensors, D. */
  public int sensors() {
    return contributions.length;
  }

  /** Sensor {@code d}'s share of the reconstruction term, in nats; 0 if it was missing. */
  public double contribution(int d) {
    return contributions[d];
  }

  /** All D of them; a copy. */
  public double[] contributions() {
    return Arrays.copyOf(contributions, contributions.length);
  }

  /**
   * What the model's autoencoders expected of sensor {@code d} in the row itself: the mean over the
   * draws of the decoders' means, in model units.
   */
  public double expected(int d) {
    return expected[d];
  }

  /**
   * How far from it is usual: the standard deviation of the mixture of the draws' Gaussians, in
   * model units, positive.
   */
  public double sigma(int d) {
    return sigma[d];
  }
}
