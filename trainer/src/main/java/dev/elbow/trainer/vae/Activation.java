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
    double gate(double a) {
      return 1 - 2 / (Math.exp(2 * a) + 1);
    }

    @Override
    double value(double a, double gate) {
      return gate;
    }

    @Override
    double slopeOf(double h, double gate) {
      return 1 - h * h;
    }
  },

  /** a · sigmoid(a), also called swish (Elfwing, Uchibe and Doya 2018, arXiv 1702.03118). */
  SILU {
    @Override
    double gate(double a) {
      return sigmoid(a);
    }

    @Override
    double value(double a, double gate) {
      return a * gate;
    }

    @Override
    double slopeOf(double h, double gate) {
      return gate + h * (1 - gate);
    }
  };

  /** What is dear about f, an exponential: value and slope are made of it without another. */
  abstract double gate(double a);

  /** f(a), given the gate at {@code a}. */
  abstract double value(double a, double gate);

  /** f′(a), given f(a) and the gate at {@code a}. */
  abstract double slopeOf(double h, double gate);

  /** f(a). */
  double apply(double a) {
    return value(a, gate(a));
  }

  /** f′(a), given {@code h} = f(a). */
  double slope(double a, double h) {
    return slopeOf(h, gate(a));
  }

  /**
   * Forward. The slopes come along, because the way back would need the same exponentials again.
   *
   * @param a pre-activations on entry, f′ of them on return
   * @param h overwritten, takes the shape of {@code a}
   */
  void forward(DMatrixRMaj a, DMatrixRMaj h) {
    h.reshape(a.numRows, a.numCols);
    for (int i = 0; i < a.getNumElements(); i++) {
      double gate = gate(a.data[i]);
      // (22)  h = f(a)
      h.data[i] = value(a.data[i], gate);
      a.data[i] = slopeOf(h.data[i], gate);
    }
  }

  /**
   * Backward, in place.
   *
   * @param slopes f′(a) as {@link #forward} left it; not modified
   * @param dA holds ∂ℒ/∂h on entry and ∂ℒ/∂a on return
   */
  void backward(DMatrixRMaj slopes, DMatrixRMaj dA) {
    for (int i = 0; i < slopes.getNumElements(); i++) {
      // (23)  ∂ℒ/∂a = ∂ℒ/∂h · f′(a)
      dA.data[i] *= slopes.data[i];
    }
  }

  /** 1 / (1 + exp(−a)); 0 and 1 in the limits, never NaN for a number. */
  static double sigmoid(double a) {
    return 1 / (1 + Math.exp(-a));
  }
}
