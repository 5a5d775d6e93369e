package dev.elbow.trainer.vae;

import org.ejml.data.DMatrixRMaj;

/**
 * An {@link Activation} f, cell by cell, and its way back.
 *
 * <p>Equations (22) and (23) of {@code docs/math.md}. Each function has a loop of its own, so that
 * the virtual machine can take several cells at once.
 */
final class Nonlinearity {

  private Nonlinearity() {}

  /**
   * Forward. The slopes come along, because the way back would need the same exponentials again.
   *
   * @param a pre-activations on entry, f′ of them on return
   * @param h overwritten with f(a), takes the shape of {@code a}
   */
  static void forward(Activation f, DMatrixRMaj a, DMatrixRMaj h) {
    h.reshape(a.numRows, a.numCols);
    switch (f) {
      case TANH -> tanh(a.data, h.data, a.getNumElements());
      case SILU -> silu(a.data, h.data, a.getNumElements());
    }
  }

  private static void tanh(double[] a, double[] h, int cells) {
    for (int c = 0; c < cells; c++) {
      h[c] = 2 * a[c];
    }
    Sigmoid.of(h, h, cells);
    for (int c = 0; c < cells; c++) {
      // (22)  h = tanh a = 2 sigmoid(2a) − 1,   f′ = 1 − h²
      double value = 2 * h[c] - 1;
      h[c] = value;
      a[c] = 1 - value * value;
    }
  }

  private static void silu(double[] a, double[] h, int cells) {
    Sigmoid.of(a, h, cells);
    for (int c = 0; c < cells; c++) {
      // (22)  h = a g,   g = sigmoid(a),   f′ = g + h (1 − g)
      double gate = h[c];
      double value = a[c] * gate;
      h[c] = value;
      a[c] = gate + value * (1 - gate);
    }
  }

  /**
   * Backward, in place.
   *
   * @param slopes f′(a) as {@link #forward} left it; not modified
   * @param dA holds ∂ℒ/∂h on entry and ∂ℒ/∂a on return
   */
  static void backward(DMatrixRMaj slopes, DMatrixRMaj dA) {
    int cells = slopes.getNumElements();
    double[] slope = slopes.data;
    double[] d = dA.data;
    for (int c = 0; c < cells; c++) {
      // (23)  ∂ℒ/∂a = ∂ℒ/∂h · f′(a)
      d[c] *= slope[c];
    }
  }
}
