package dev.elbow.trainer.blas;

import static org.bytedeco.openblas.global.openblas_nolapack.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.blas_set_num_threads;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_dgemm;

import org.ejml.data.DMatrixRMaj;

/**
 * Products by OpenBLAS, whose kernels are written for the processor at hand.
 *
 * <p>Every call copies the arrays to where native code may read them, and the result back. Next to
 * the product itself that is little: see {@code docs/decisions/matrix-multiply.md}. In return the
 * collector is never held up, and the matrices stay plain Java arrays. The factors' copies are
 * thrown away, so a factor may be shared between threads.
 *
 * <p>OpenBLAS is told to use the calling thread alone: the members of a model are fitted at once
 * already, and sums that are split among threads could come out differently from run to run.
 */
final class OpenBlasMultiply implements MatrixMultiply {

  private OpenBlasMultiply() {}

  /**
   * Loads the library.
   *
   * @throws LinkageError if there is none for this platform, or it cannot be loaded
   */
  static OpenBlasMultiply load() {
    blas_set_num_threads(1);
    return new OpenBlasMultiply();
  }

  @Override
  public String name() {
    return "OpenBLAS";
  }

  @Override
  public void mult(DMatrixRMaj a, DMatrixRMaj b, DMatrixRMaj c) {
    gemm(CblasNoTrans, a, CblasNoTrans, b, 0, c);
  }

  @Override
  public void multAdd(DMatrixRMaj a, DMatrixRMaj b, DMatrixRMaj c) {
    gemm(CblasNoTrans, a, CblasNoTrans, b, 1, c);
  }

  @Override
  public void multTransA(DMatrixRMaj a, DMatrixRMaj b, DMatrixRMaj c) {
    gemm(CblasTrans, a, CblasNoTrans, b, 0, c);
  }

  @Override
  public void multTransB(DMatrixRMaj a, DMatrixRMaj b, DMatrixRMaj c) {
    gemm(CblasNoTrans, a, CblasTrans, b, 0, c);
  }

  @Override
  public void multAddTransB(DMatrixRMaj a, DMatrixRMaj b, DMatrixRMaj c) {
    gemm(CblasNoTrans, a, CblasTrans, b, 1, c);
  }

  /** C ← op(A) op(B) + β C. */
  private static void gemm(
      int opA, DMatrixRMaj a, int opB, DMatrixRMaj b, double beta, DMatrixRMaj c) {
    int n = opA == CblasTrans ? a.numCols : a.numRows;
    int k = opA == CblasTrans ? a.numRows : a.numCols;
    int m = opB == CblasTrans ? b.numRows : b.numCols;
    requireFit(opB == CblasTrans ? b.numCols : b.numRows, k, "rows of the second factor");
    requireFit(c.numRows, n, "rows of the product");
    requireFit(c.numCols, m, "columns of the product");
    requireCells(a);
    requireCells(b);
    requireCells(c);
    cblas_dgemm(
        CblasRowMajor,
        opA,
        opB,
        n,
        m,
        k,
        1,
        a.data,
        stride(a),
        b.data,
        stride(b),
        beta,
        c.data,
        stride(c));
  }

  /** From one row to the next; the library wants at least 1, also of a matrix without columns. */
  private static int stride(DMatrixRMaj matrix) {
    return Math.max(1, matrix.numCols);
  }

  private static void requireFit(int found, int expected, String what) {
    if (found != expected) {
      throw new IllegalArgumentException(
          "%s: expected %d, found %d".formatted(what, expected, found));
    }
  }

  /** Native code does not look where an array ends. */
  private static void requireCells(DMatrixRMaj matrix) {
    if (matrix.data.length < matrix.getNumElements()) {
      throw new IllegalArgumentException(
          "matrix of %d×%d holds %d numbers only"
              .formatted(matrix.numRows, matrix.numCols, matrix.data.length));
    }
  }
}
