package dev.elbow.trainer.blas;

import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.ejml.data.DMatrixRMaj;

/**
 * Compares products with those of a trusted implementation, on random matrices of odd shapes: a
 * native library picks its kernels by the processor and treats edges apart, and a kernel that is
 * wrong on this machine must not train a model.
 *
 * <p>However a sum of k products is ordered, it is off by at most γ_k = k u / (1 − k u) times the
 * sum of their magnitudes, u = 2⁻⁵³ (Higham 2002, "Accuracy and Stability of Numerical Algorithms",
 * section 3.1). Two right implementations therefore differ by at most twice that.
 */
final class ProductCheck {

  private static final long SEED = 1;

  /** Rows, inner width and columns: single cells, edges on all sides of blocks of 2 to 64. */
  private static final int[][] SHAPES = {
    {1, 1, 1}, {1, 7, 3}, {5, 1, 9}, {2, 3, 1}, {17, 9, 31}, {33, 65, 8}, {64, 36, 64}, {7, 70, 67}
  };

  /** Inner width and columns, from where small matrices are treated apart to where none is. */
  private static final int[][] ALIKE = {{3, 5}, {36, 128}, {128, 9}, {417, 64}};

  private final MatrixMultiply trusted;

  ProductCheck(MatrixMultiply trusted) {
    this.trusted = trusted;
  }

  /** One of the products, whatever its form. */
  private interface Product {
    void of(MatrixMultiply multiply, DMatrixRMaj a, DMatrixRMaj b, DMatrixRMaj c);
  }

  /** What is wrong with an implementation; empty if nothing was found. */
  Optional<String> faultOf(MatrixMultiply candidate) {
    var random = new SplittableRandom(SEED);
    for (int[] shape : SHAPES) {
      int n = shape[0];
      int k = shape[1];
      int m = shape[2];
      DMatrixRMaj a = uniform(n, k, random);
      DMatrixRMaj at = uniform(k, n, random);
      DMatrixRMaj b = uniform(k, m, random);
      DMatrixRMaj bt = uniform(m, k, random);
      DMatrixRMaj c = uniform(n, m, random);
      Optional<String> fault =
          fault("A B", k, candidate, MatrixMultiply::mult, a, b, c)
              .or(() -> fault("C + A B", k, candidate, MatrixMultiply::multAdd, a, b, c))
              .or(() -> fault("Aᵀ B", k, candidate, MatrixMultiply::multTransA, at, b, c))
              .or(() -> fault("A Bᵀ", k, candidate, MatrixMultiply::multTransB, a, bt, c))
              .or(() -> fault("C + A Bᵀ", k, candidate, MatrixMultiply::multAddTransB, a, bt, c));
      if (fault.isPresent()) {
        return fault.map(what -> what + ", %d×%d×%d".formatted(n, k, m));
      }
    }
    return rowsUnlike(candidate, random);
  }

  /** {@link MatrixMultiply#ROWS_ALIKE}: all rows the same must give all rows the same. */
  private static Optional<String> rowsUnlike(MatrixMultiply candidate, RandomGenerator random) {
    for (int[] shape : ALIKE) {
      DMatrixRMaj a = new DMatrixRMaj(MatrixMultiply.ROWS_ALIKE, shape[0]);
      DMatrixRMaj b = uniform(shape[0], shape[1], random);
      DMatrixRMaj c = new DMatrixRMaj(MatrixMultiply.ROWS_ALIKE, shape[1]);
      repeat(uniform(1, shape[0], random), a);
      repeat(uniform(1, shape[1], random), c);
      candidate.multAdd(a, b, c);
      for (int cell = 0; cell < c.getNumElements(); cell++) {
        if (c.data[cell] != c.data[cell % c.numCols]) {
          return Optional.of(
              "equal rows of A give unequal rows of C + A B, %d×%d×%d"
                  .formatted(a.numRows, a.numCols, c.numCols));
        }
      }
    }
    return Optional.empty();
  }

  private static void repeat(DMatrixRMaj row, DMatrixRMaj rows) {
    for (int i = 0; i < rows.numRows; i++) {
      System.arraycopy(row.data, 0, rows.data, i * rows.numCols, rows.numCols);
    }
  }

  private Optional<String> fault(
      String form,
      int k,
      MatrixMultiply candidate,
      Product product,
      DMatrixRMaj a,
      DMatrixRMaj b,
      DMatrixRMaj c) {
    DMatrixRMaj expected = c.copy();
    DMatrixRMaj found = c.copy();
    DMatrixRMaj magnitudes = magnitudes(c);
    product.of(trusted, a, b, expected);
    product.of(candidate, a, b, found);
    product.of(trusted, magnitudes(a), magnitudes(b), magnitudes);
    double tolerance = 2 * gamma(k + 1);
    for (int cell = 0; cell < c.getNumElements(); cell++) {
      double error = Math.abs(found.data[cell] - expected.data[cell]);
      if (!(error <= tolerance * magnitudes.data[cell])) {
        return Optional.of(
            "%s is off by %.1e in one cell, expected at most %.1e"
                .formatted(form, error, tolerance * magnitudes.data[cell]));
      }
    }
    return Optional.empty();
  }

  /** γ_k, k being the inner width and one more for the matrix that is added to. */
  private static double gamma(int k) {
    double u = Math.ulp(1.0) / 2;
    return k * u / (1 - k * u);
  }

  private static DMatrixRMaj magnitudes(DMatrixRMaj matrix) {
    DMatrixRMaj magnitudes = matrix.copy();
    for (int cell = 0; cell < magnitudes.getNumElements(); cell++) {
      magnitudes.data[cell] = Math.abs(magnitudes.data[cell]);
    }
    return magnitudes;
  }

  private static DMatrixRMaj uniform(int rows, int columns, RandomGenerator random) {
    DMatrixRMaj matrix = new DMatrixRMaj(rows, columns);
    for (int cell = 0; cell < matrix.getNumElements(); cell++) {
      matrix.data[cell] = random.nextDouble(-1, 1);
    }
    return matrix;
  }
}
