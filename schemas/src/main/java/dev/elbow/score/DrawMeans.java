package dev.elbow.score;

/** The means over the draws that make up the {@linkplain RowTerms terms} of one row. */
final class DrawMeans {

  private final double weight;
  private final double[] nats;
  private final double[] slope;
  private final double[] curvature;
  private final double[] mean;
  private final double[] meanSquared;
  private final double[] variance;

  /**
   * @param draws S, how many will be added
   */
  DrawMeans(int draws, int columns) {
    this.weight = 1.0 / draws;
    this.nats = new double[columns];
    this.slope = new double[columns];
    this.curvature = new double[columns];
    this.mean = new double[columns];
    this.meanSquared = new double[columns];
    this.variance = new double[columns];
  }

  /** Adds a draw. Each loop holds little, so that it takes several columns at once. */
  void add(Reconstruction of) {
    double[] draw = of.mean();
    for (int d = 0; d < mean.length; d++) {
      mean[d] += weight * draw[d];
      meanSquared[d] += weight * draw[d] * draw[d];
    }
    double[] s2 = of.logVar().clone();
    Exponential.ofEach(s2);
    for (int d = 0; d < s2.length; d++) {
      variance[d] += weight * s2[d];
    }
    double[] natsOfDraw = of.nats();
    double[] precision = of.precision();
    for (int d = 0; d < nats.length; d++) {
      // (37)  the mean of (9) over the draws
      nats[d] += weight * natsOfDraw[d];
      curvature[d] += weight * precision[d];
    }
    for (int d = 0; d < slope.length; d++) {
      slope[d] += weight * of.slope(d);
    }
  }

  /** The row's reconstruction term, in nats. */
  double reconstruction() {
    return Rows.sum(nats);
  }

  /** The terms, in arrays of their own. */
  RowTerms terms() {
    double[] sigma = new double[variance.length];
    for (int d = 0; d < sigma.length; d++) {
      // (38)  the law of total variance, E[s²] + Var[m]; rounding may leave Var[m] below 0
      double varianceOfMeans = Math.max(0, meanSquared[d] - mean[d] * mean[d]);
      sigma[d] = Math.sqrt(variance[d] + varianceOfMeans);
    }
    return new RowTerms(nats.clone(), mean.clone(), sigma, slope.clone(), curvature.clone());
  }
}
