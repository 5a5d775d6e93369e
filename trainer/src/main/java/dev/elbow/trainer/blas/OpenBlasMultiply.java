package dev.elbow.trainer.blas;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.data.FMatrixRMaj;
import org.ejml.data.Matrix;

/**
 * Products by OpenBLAS, whose kernels are written for the processor at hand: without copies where
 * there is a binding that does without, and with them elsewhere. See {@code
 * docs/decisions/matrix-multiply.md}.
 */
final class OpenBlasMultiply implements MatrixMultiply {

  private final Gemm gemm;

  OpenBlasMultiply(Gemm gemm) {
    this.gemm = gemm;
  }

  /**
   * Loads the library.
   *
   * @throws LinkageError if there is none for this platform, or it cannot be loaded
   */
  static OpenBlasMultiply load() {
    CopyingGemm copying = CopyingGemm.load();
    try {
      return new OpenBlasMultiply(PinnedGemm.load(copying));
    } catch (LinkageError e) {
      return new OpenBlasMultiply(copying);
    }
  }

  @Override
  public String name() {
    return gemm.name();
  }

  @Override
  public void mult(DMatrixRMaj a, DMatrixRMaj b, DMatrixRMaj c) {
    product(false, a, false, b, 0, c);
  }

  @Override
  public void multAdd(DMatrixRMaj a, DMatrixRMaj b, DMatrixRMaj c) {
    product(false, a, false, b, 1, c);
  }

  @Override
  public void multTransA(DMatrixRMaj a, DMatrixRMaj b, DMatrixRMaj c) {
    product(true, a, false, b, 0, c);
  }

  @Override
  public void multTransB(DMatrixRMaj a, DMatrixRMaj b, DMatrixRMaj c) {
    product(false, a, true, b, 0, c);
  }

  @Override
  public void multAddTransB(DMatrixRMaj a, DMatrixRMaj b, DMatrixRMaj c) {
    product(false, a, true, b, 1, c);
  }

  /** C ← op(A) op(B) + β C. */
  private void product(
      boolean transA, DMatrixRMaj a, boolean transB, DMatrixRMaj b, double beta, DMatrixRMaj c) {
    int k = requireFit(transA, a, transB, b, c);
    requireCells(a, a.data.length);
    requireCells(b, b.data.length);
    requireCells(c, c.data.length);
    if (k == 0 && beta == 0) {
      Arrays.fill(c.data, 0, c.getNumElements(), 0); // the library is not asked for empty sums
    } else if (k > 0 && c.getNumElements() > 0) {
      gemm.multiply(transA, transB, c.numRows, c.numCols, k, a.data, b.data, beta, c.data);
    }
  }

  @Override
  public void mult(FMatrixRMaj a, FMatrixRMaj b, FMatrixRMaj c) {
    product(false, a, false, b, 0, c);
  }

  @Override
  public void multAdd(FMatrixRMaj a, FMatrixRMaj b, FMatrixRMaj c) {
    product(false, a, false, b, 1, c);
  }

  @Override
  public void multTransA(FMatrixRMaj a, FMatrixRMaj b, FMatrixRMaj c) {
    product(true, a, false, b, 0, c);
  }

  @Override
  public void multTransB(FMatrixRMaj a, FMatrixRMaj b, FMatrixRMaj c) {
    product(false, a, true, b, 0, c);
  }

  @Override
  public void multAddTransB(FMatrixRMaj a, FMatrixRMaj b, FMatrixRMaj c) {
    product(false, a, true, b, 1, c);
  }

  /** C ← op(A) op(B) + β C. */
  private void product(
      boolean transA, FMatrixRMaj a, boolean transB, FMatrixRMaj b, float beta, FMatrixRMaj c) {
    int k = requireFit(transA, a, transB, b, c);
    requireCells(a, a.data.length);
    requireCells(b, b.data.length);
    requireCells(c, c.data.length);
    if (k == 0 && beta == 0) {
      Arrays.fill(c.data, 0, c.getNumElements(), 0); // the library is not asked for empty sums
    } else if (k > 0 && c.getNumElements() > 0) {
      gemm.multiply(transA, transB, c.numRows, c.numCols, k, a.data, b.data, beta, c.data);
    }
  }

  /** Returns the inner width. */
  private static int requireFit(boolean transA, Matrix a, boolean transB, Matrix b, Matrix c) {
    int k = transA ? a.getNumRows() : a.getNumCols();
    require(transB ? b.getNumCols() : b.getNumRows(), k, "rows of the second factor");
    require(c.getNumRows(), transA ? a.getNumCols() : a.getNumRows(), "rows of the product");
    require(c.getNumCols(), transB ? b.getNumRows() : b.getNumCols(), "columns of the product");
    return k;
  }

  private static void require(int found, int expected, String what) {
    if (found != expected) {
      throw new IllegalArgumentException(
          "%s: expected %d, found %d".formatted(what, expected, found));
    }
  }

  /** Native code does not look where an array ends. */
  private static void requireCells(Matrix matrix, int cells) {
    if (cells < (long) matrix.getNumRows() * matrix.getNumCols()) {
      throw new IllegalArgumentException(
          "matrix of %d×%d holds %d numbers only"
              .formatted(matrix.getNumRows(), matrix.getNumCols(), cells));
    }
  }
}
