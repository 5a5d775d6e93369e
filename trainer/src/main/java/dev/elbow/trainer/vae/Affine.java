package dev.elbow.trainer.vae;

import dev.elbow.trainer.blas.MatrixMultiply;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.ejml.data.DMatrixRMaj;

/**
 * An affine map of rows, y = x·W + b.
 *
 * <p>Equations (19) to (21) of {@code docs/math.md}. A gradient has the shape of what it is the
 * gradient of, so ∂ℒ/∂W and ∂ℒ/∂b are held in an {@code Affine} too.
 */
public final class Affine {

  private static final MatrixMultiply PRODUCTS = MatrixMultiply.fastest();

  /** Shorter loops spend their time on beginning and end, longer ones leave the nearest cache. */
  private static final int CELLS_AT_ONCE = 512;

  private final DMatrixRMaj w;
  private final DMatrixRMaj b;

  /** Neighbouring rows, for their sums: as many as make {@link #CELLS_AT_ONCE} together. */
  private final DMatrixRMaj next;

  private final DMatrixRMaj sums;

  private Affine(int in, int out) {
    this.w = new DMatrixRMaj(in, out);
    this.b = new DMatrixRMaj(1, out);
    this.next = new DMatrixRMaj(Math.max(1, CELLS_AT_ONCE / out), out);
    this.sums = new DMatrixRMaj(next.numRows, out);
  }

  /** The map to zero, also the empty vessel for a gradient. */
  static Affine zeros(int in, int out) {
    return new Affine(in, out);
  }

  /**
   * Weights uniform in ±√(6 / (in + out)), bias 0 (Glorot and Bengio 2010, eq. 16): a compromise
   * between keeping the variance of what goes forward and of the gradients that come back.
   */
  static Affine random(int in, int out, RandomGenerator random) {
    Affine affine = new Affine(in, out);
    double bound = Math.sqrt(6.0 / (in + out));
    affine.w.setTo(uniform(in, out, bound, random));
    return affine;
  }

  private static DMatrixRMaj uniform(int rows, int columns, double bound, RandomGenerator random) {
    DMatrixRMaj m = new DMatrixRMaj(rows, columns);
    for (int i = 0; i < m.getNumElements(); i++) {
      m.data[i] = random.nextDouble(-bound, bound);
    }
    return m;
  }

  /** W, in×out. The map's own matrix, not a copy: only a fit writes to it. */
  public DMatrixRMaj weights() {
    return w;
  }

  /** b, 1×out. The map's own matrix, not a copy: only a fit writes to it. */
  public DMatrixRMaj bias() {
    return b;
  }

  /** Width of an input row. */
  public int in() {
    return w.numRows;
  }

  /** Width of an output row. */
  public int out() {
    return w.numCols;
  }

  /**
   * Forward.
   *
   * @param x N×in; not modified
   * @param y overwritten, becomes N×out
   */
  void forward(DMatrixRMaj x, DMatrixRMaj y) {
    // (19)  y = 1 bᵀ + x W
    y.reshape(x.numRows, out());
    for (int i = 0; i < y.numRows; i++) {
      System.arraycopy(b.data, 0, y.data, i * y.numCols, y.numCols);
    }
    PRODUCTS.multAdd(x, w, y);
  }

  /**
   * Backward to the parameters.
   *
   * @param x N×in, the input of the forward pass; not modified
   * @param dY N×out, ∂ℒ/∂y; not modified
   * @param gradient overwritten with ∂ℒ/∂W and ∂ℒ/∂b
   */
  void backward(DMatrixRMaj x, DMatrixRMaj dY, Affine gradient) {
    // (20)  ∂ℒ/∂W = xᵀ ∂ℒ/∂y,   ∂ℒ/∂b = Σ_rows ∂ℒ/∂y
    PRODUCTS.multTransA(x, dY, gradient.w);
    gradient.sumRows(dY);
  }

  /**
   * b ← Σ_rows, several rows at once. They are copied to where their sums begin: of arrays that go
   * side by side the virtual machine adds several cells at once.
   */
  private void sumRows(DMatrixRMaj rows) {
    double[] each = next.data;
    double[] all = sums.data;
    Arrays.fill(all, 0);
    int cells = rows.getNumElements();
    for (int from = 0; from < cells; from += all.length) {
      int count = Math.min(all.length, cells - from);
      System.arraycopy(rows.data, from, each, 0, count);
      for (int c = 0; c < count; c++) {
        all[c] += each[c];
      }
    }
    Arrays.fill(b.data, 0);
    for (int i = 0; i < sums.numRows; i++) {
      for (int j = 0; j < sums.numCols; j++) {
        b.data[j] += all[i * sums.numCols + j];
      }
    }
  }

  /**
   * Backward to the input.
   *
   * @param dY N×out, ∂ℒ/∂y; not modified
   * @param dX overwritten with ∂ℒ/∂x, becomes N×in
   */
  void backwardToInput(DMatrixRMaj dY, DMatrixRMaj dX) {
    // (21)  ∂ℒ/∂x = ∂ℒ/∂y Wᵀ
    dX.reshape(dY.numRows, in());
    PRODUCTS.multTransB(dY, w, dX);
  }

  /**
   * Backward to an input that another map has, too.
   *
   * @param dY N×out, ∂ℒ/∂y; not modified
   * @param dX N×in; ∂ℒ/∂x along this map is added
   */
  void addBackwardToInput(DMatrixRMaj dY, DMatrixRMaj dX) {
    // (21)  ∂ℒ/∂x along it = ∂ℒ/∂y Wᵀ
    PRODUCTS.multAddTransB(dY, w, dX);
  }
}
