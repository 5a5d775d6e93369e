package dev.elbow.score;

import java.util.BitSet;

/**
 * The exemplars of a mixture as far as they go for one set of observed sensors, o, with the others,
 * m, integrated out: Gaussians around the exemplars' observed values, of precision
 *
 * <pre>
 *   Q = P_oo − P_om P_mm⁻¹ P_mo,   ln |Q| = ln |P| − ln |P_mm|
 * </pre>
 *
 * <p>Equation (75) of {@code docs/math.md}: since Q is the Schur complement, d_oᵀ Q d_o is dᵀ P d
 * less what the missing sensors could explain of it, and the density is exactly the marginal one.
 */
final class ObservedExemplars implements Patterns.Sized {

  private static final double LN_2PI = Math.log(2 * Math.PI);

  private final int[] observed;

  /** Q, n×n, and the exemplars' observed values x_j and Q x_j, M×n each. */
  private final double[] q;

  private final double[] exemplars;
  private final double[] times;

  /** Each observed sensor's share of −ln of the Gaussians' constant factor, n. */
  private final double[] constants;

  /**
   * @param p P, D×D, row-major, symmetric, positive definite; not modified
   * @param logDeterminant ln |P|
   * @param exemplars M×D; not modified
   */
  ObservedExemplars(double[] p, double logDeterminant, Rows exemplars, BitSet missing) {
    int sensors = exemplars.columns();
    BitSet present = new BitSet(sensors);
    present.set(0, sensors);
    present.andNot(missing);
    this.observed = present.stream().toArray();
    int[] gone = missing.stream().toArray();
    CholeskyFactor factor =
        new CholeskyFactor(gone.length, block(p, sensors, gone, gone, gone.length));
    this.q = schur(p, sensors, gone, factor);
    this.exemplars = new double[Math.multiplyExact(exemplars.count(), observed.length)];
    this.times = new double[this.exemplars.length];
    double[] row = new double[observed.length];
    for (int j = 0; j < exemplars.count(); j++) {
      for (int k = 0; k < row.length; k++) {
        row[k] = exemplars.get(j, observed[k]);
      }
      System.arraycopy(row, 0, this.exemplars, j * row.length, row.length);
      System.arraycopy(timesQ(row), 0, times, j * row.length, row.length);
    }
    this.constants = constants(logDeterminant - factor.logDeterminant());
  }

  private static double[] block(double[] p, int sensors, int[] rows, int[] columns, int width) {
    double[] block = new double[Math.multiplyExact(rows.length, width)];
    for (int k = 0; k < rows.length; k++) {
      for (int l = 0; l < width; l++) {
        block[k * width + l] = p[rows[k] * sensors + columns[l]];
      }
    }
    return block;
  }

  /** (75): P_oo − Bᵀ B, with B = L⁻¹ P_mo and P_mm = L Lᵀ. */
  private double[] schur(double[] p, int sensors, int[] gone, CholeskyFactor factor) {
    int n = observed.length;
    double[] schur = block(p, sensors, observed, observed, n);
    double[][] b = new double[n][];
    for (int k = 0; k < n; k++) {
      b[k] = block(p, sensors, new int[] {observed[k]}, gone, gone.length);
      factor.solveLower(b[k]);
    }
    for (int k = 0; k < n; k++) {
      for (int l = 0; l < n; l++) {
        for (int j = 0; j < gone.length; j++) {
          schur[k * n + l] -= b[k][j] * b[l][j];
        }
      }
    }
    return schur;
  }

  /**
   * A sensor's share of ½ (n ln 2π − ln |Q|): its own ½ (ln 2π − ln Q_dd), which is all of it where
   * sensors do not hang together, and of the rest, which they have in common, an equal one.
   */
  private double[] constants(double logDeterminant) {
    int n = observed.length;
    double inCommon = -0.5 * logDeterminant;
    for (int k = 0; k < n; k++) {
      inCommon += 0.5 * Math.log(q[k * n + k]);
    }
    double[] shares = new double[n];
    for (int k = 0; k < n; k++) {
      shares[k] = 0.5 * (LN_2PI - Math.log(q[k * n + k])) + inCommon / n;
    }
    return shares;
  }

  private double[] timesQ(double[] row) {
    int n = row.length;
    double[] product = new double[n];
    for (int k = 0; k < n; k++) {
      double sum = 0;
      for (int l = 0; l < n; l++) {
        sum += q[k * n + l] * row[l];
      }
      product[k] = sum;
    }
    return product;
  }

  /** Which sensors were observed, ascending; shared. */
  int[] observed() {
    return observed;
  }

  /** {@link #constants} of the k-th observed sensor, in nats. */
  double constant(int k) {
    return constants[k];
  }

  /**
   * ½ d_jᵀ Q d_j for every exemplar, d_j being how far the row is from it.
   *
   * @param row the observed values, n; not modified
   * @param qRow Q times the row, n; overwritten
   * @param halfSquares M; overwritten
   */
  void distances(double[] row, double[] qRow, double[] halfSquares) {
    System.arraycopy(timesQ(row), 0, qRow, 0, row.length);
    for (int j = 0, c = 0; j < halfSquares.length; j++) {
      double sum = 0;
      for (int k = 0; k < row.length; k++, c++) {
        sum += (row[k] - exemplars[c]) * (qRow[k] - times[c]);
      }
      halfSquares[j] = 0.5 * sum;
    }
  }

  /** (76): adds weight · ½ d_k (Q d)_k of exemplar {@code j} to every observed sensor's blame. */
  void blame(int j, double weight, double[] row, double[] qRow, double[] blame) {
    for (int k = 0, c = j * row.length; k < row.length; k++, c++) {
      blame[k] += weight * 0.5 * (row[k] - exemplars[c]) * (qRow[k] - times[c]);
    }
  }

  @Override
  public long numbers() {
    return (long) q.length + exemplars.length + times.length;
  }
}
