package dev.elbow.score;

/**
 * The reconstruction term of one row at a time: what each column costs under the decoder's
 * Gaussian.
 *
 * <pre>
 *   −log p(x_d|z) = ½ (ln 2π + T_d + (x_d − m_d)² exp(−T_d)),   T = log s²
 * </pre>
 *
 * <p>Equation (9) of {@code docs/math.md}. With many sensors this is most of what a score costs in
 * Java, so it goes row by row over arrays that stay in the nearest cache and all begin at the same
 * index: the virtual machine then takes several columns at once.
 */
final class Reconstruction {

  private static final double LN_2PI = Math.log(2 * Math.PI);

  private final double[] x;
  private final double[] mean;
  private final double[] logVar;
  private final double[] precision;
  private final double[] nats;

  /**
   * @param columns D
   */
  Reconstruction(int columns) {
    this.x = new double[columns];
    this.mean = new double[columns];
    this.logVar = new double[columns];
    this.precision = new double[columns];
    this.nats = new double[columns];
  }

  /**
   * Takes another row.
   *
   * @param rows N×D, of which row {@code i} is scored
   * @param mask N×D; a missing column costs nothing
   * @param p the decoder's answers, of which answer {@code a} is the row's
   */
  void take(Rows rows, Mask mask, int i, DiagonalGaussian p, int a) {
    rows.copyRow(i, x);
    p.mean().copyRow(a, mean);
    p.logVar().copyRow(a, logVar);
    for (int d = 0; d < precision.length; d++) {
      precision[d] = -logVar[d];
    }
    Exponential.ofEach(precision);
    for (int d = 0; d < nats.length; d++) {
      // (9)
      double residual = x[d] - mean[d];
      nats[d] = 0.5 * (LN_2PI + logVar[d] + residual * residual * precision[d]);
    }
    if (mask.observedIn(i) < nats.length) {
      leaveOutMissing(mask, i);
    }
  }

  /** Missing columns have no part in the likelihood, so its derivatives by them are 0, too. */
  private void leaveOutMissing(Mask mask, int i) {
    for (int d = 0; d < nats.length; d++) {
      if (!mask.observed(i, d)) {
        nats[d] = 0;
        precision[d] = 0;
      }
    }
  }

  /** The row's reconstruction term, in nats. */
  double sum() {
    return Rows.sum(nats);
  }

  /** What each column costs, in nats, 0 where missing. */
  double[] nats() {
    return nats;
  }

  /** 1/s² of each column, 0 where missing: the second derivative of what it costs. */
  double[] precision() {
    return precision;
  }

  /** (x − m)/s² of column {@code d}, 0 where missing: the first derivative of what it costs. */
  double slope(int d) {
    return (x[d] - mean[d]) * precision[d];
  }

  /** m of each column, missing or not. */
  double[] mean() {
    return mean;
  }

  /** log s² of each column, missing or not. */
  double[] logVar() {
    return logVar;
  }
}
