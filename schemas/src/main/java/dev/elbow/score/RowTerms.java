package dev.elbow.score;

import java.util.List;
import java.util.function.Function;

/**
 * What the reconstruction term of one row is made of, and what was expected of it, column by column
 * of the autoencoders' input: a sensor, or a white coordinate of a window.
 *
 * <p>Equations (37) and (38) of {@code docs/math.md}.
 */
public final class RowTerms {

  private final double[] contributions;
  private final double[] expected;
  private final double[] sigma;
  private final double[] slope;
  private final double[] curvature;

  /**
   * Takes the arrays as they are, D numbers each.
   *
   * @param contributions each column's share of the reconstruction term, in nats; 0 for one that
   *     was missing, not finite where the row is unscorable
   * @param expected what the model expected: the mean over the draws of the decoder's means, in
   *     model units
   * @param sigma how far from it is usual: the standard deviation of the mixture of the draws'
   *     Gaussians, in model units, positive
   * @param slope the derivative of the reconstruction term by each value of the row, the draws
   *     held; 0 for a column that was missing
   * @param curvature the second derivative likewise
   */
  public RowTerms(
      double[] contributions,
      double[] expected,
      double[] sigma,
      double[] slope,
      double[] curvature) {
    this.contributions = contributions;
    this.expected = expected;
    this.sigma = sigma;
    this.slope = slope;
    this.curvature = curvature;
  }

  /** (49): the mean of each over several autoencoders; of sigma the root mean square. */
  static RowTerms mean(List<RowTerms> members) {
    double[] sigma = mean(members, member -> squares(member.sigma));
    for (int d = 0; d < sigma.length; d++) {
      sigma[d] = Math.sqrt(sigma[d]);
    }
    return new RowTerms(
        mean(members, RowTerms::contributions),
        mean(members, RowTerms::expected),
        sigma,
        mean(members, RowTerms::slope),
        mean(members, RowTerms::curvature));
  }

  private static double[] mean(List<RowTerms> members, Function<RowTerms, double[]> part) {
    double[] mean = new double[members.get(0).contributions.length];
    for (RowTerms member : members) {
      double[] values = part.apply(member);
      for (int d = 0; d < mean.length; d++) {
        mean[d] += values[d] / members.size();
      }
    }
    return mean;
  }

  private static double[] squares(double[] values) {
    double[] squares = new double[values.length];
    for (int d = 0; d < squares.length; d++) {
      squares[d] = values[d] * values[d];
    }
    return squares;
  }

  /** In nats; 0 where missing. Shared, not a copy, as are the others. */
  public double[] contributions() {
    return contributions;
  }

  /** In model units. */
  public double[] expected() {
    return expected;
  }

  /** In model units, positive. */
  public double[] sigma() {
    return sigma;
  }

  /** In nats per model unit; 0 where missing. */
  public double[] slope() {
    return slope;
  }

  /** In nats per squared model unit; 0 where missing. */
  public double[] curvature() {
    return curvature;
  }
}
