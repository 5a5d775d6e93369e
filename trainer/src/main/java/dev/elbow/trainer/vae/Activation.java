package dev.elbow.trainer.vae;

import org.ejml.data.DMatrixRMaj;

/**
 * The non-linearity f between two affine maps, cell by cell.
 *
 * <p>Equations (22) and (23) of {@code docs/math.md}.
 */
public enum Activation {
  /** The hyperbolic tangent: smooth and bounded, so far inputs saturate. */
  TANH {
    /**
     * tanh a = 1 − 2 / (exp(2a) + 1), within a few 1e-16 of {@code Math.tanh} and three times as
     * fast: {@code Math.exp} is an intrinsic of the virtual machine, {@code Math.tanh} is not.
     */
    @Override
    double apply(double a) {
      return 1 - 2 / (Math.exp(2 * a) + 1);
    }

    @Override
    double slope(double a, double h) {
      return 1 - h * h;
    }
  },

  /** a · sigmoid(a), also called swish (Elfwing, Uchibe and Doya 2018, arXiv 1702.03118). */
  SILU {
    @Override
    double apply(double a) {
      return a * sigmoid(a);
    }

    @Override
    double slope(double a, double h) {
      double s = sigmoid(a);
      return s + h * (1 - s);
    }
  };

  /** f(a). */
  abstract double apply(double a);

  /** f′(a), given {@code h} = f(a) as well because it often makes the slope cheap. */
  abstract double slope(double a, double h);

  /**
   * Forward.
   *
   * @param a pre-activations; not modified
   * @param h overwritten, takes the shape of {@code a}
   */
  void forward(DMatrixRMaj a, DMatrixRMaj h) {
    h.reshape(a.numRows, a.numCols);
    for (int i = 0; i < a.getNumElements(); i++) {
      // (22)  h = f(a)
      h.data[i] = apply(a.data[i]);
    }
  }

  /**
   * Backward, in place.
   *
   * @param a pre-activations; not modified
   * @param h activations f(a); not modified
   * @param dA holds ∂ℒ/∂h on entry and ∂ℒ/∂a on return
   */
  void backward(DMatrixRMaj a, DMatrixRMaj h, DMatrixRMaj dA) {
    for (int i = 0; i < a.getNumElements(); i++) {
      // (23)  ∂ℒ/∂a = ∂ℒ/∂h · f′(a)
      dA.data[i] *= slope(a.data[i], h.data[i]);
    }
  }

  /** 1 / (1 + exp(−a)); 0 and 1 in the limits, never NaN for a number. */
  static double sigmoid(double a) {
    return 1 / (1 + Math.exp(-a));
  }
}
