package dev.elbow.trainer.vae;

import dev.elbow.trainer.blas.MatrixMultiply;
import org.ejml.data.DMatrixRMaj;

/**
 * A straight way past the hidden layers: x·V is added to what a head makes of the last hidden
 * layer. What is linear in the data then need not be learned by layers that are not.
 *
 * <p>Equations (55) and (56) of {@code docs/math.md}. It has no bias, the head has one. ∂ℒ/∂V has
 * the shape of V and is held in a {@code Skip} too.
 */
public final class Skip {

  private static final MatrixMultiply PRODUCTS = MatrixMultiply.fastest();

  private final DMatrixRMaj v;

  private Skip(int in, int out) {
    this.v = new DMatrixRMaj(in, out);
  }

  /** Adds nothing: where a fit starts, and the empty vessel for a gradient. */
  static Skip zeros(int in, int out) {
    return new Skip(in, out);
  }

  /** V, in×out. The map's own matrix, not a copy: only a fit writes to it. */
  public DMatrixRMaj weights() {
    return v;
  }

  /**
   * Forward.
   *
   * @param x N×in; not modified
   * @param y N×out; x·V is added
   */
  void addForward(DMatrixRMaj x, DMatrixRMaj y) {
    // (55)  y = h W + x V + 1 bᵀ
    PRODUCTS.multAdd(x, v, y);
  }

  /**
   * Backward to the parameters.
   *
   * @param x N×in, the input of the forward pass; not modified
   * @param dY N×out, ∂ℒ/∂y; not modified
   * @param gradient overwritten with ∂ℒ/∂V
   */
  void backward(DMatrixRMaj x, DMatrixRMaj dY, Skip gradient) {
    // (56)  ∂ℒ/∂V = xᵀ ∂ℒ/∂y
    PRODUCTS.multTransA(x, dY, gradient.v);
  }

  /**
   * Backward to the input.
   *
   * @param dY N×out, ∂ℒ/∂y; not modified
   * @param dX N×in; ∂ℒ/∂x along the skip is added
   */
  void addBackwardToInput(DMatrixRMaj dY, DMatrixRMaj dX) {
    // (56)  ∂ℒ/∂x along it = ∂ℒ/∂y Vᵀ
    PRODUCTS.multAddTransB(dY, v, dX);
  }
}
