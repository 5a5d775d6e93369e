package dev.elbow.trainer.blas;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.ejml.data.DMatrixRMaj;
import org.ejml.data.FMatrixRMaj;

/**
 * Compares products with those of a trusted implementation, on random matrices of odd shapes: a
 * native library picks its kernels by the processor and treats edges apart, and a kernel that is
 * wrong on this machine must not train a model.
 *
 * <p>However a sum of k products is ordered, it is off by at most γ_k = k u / (1 − k u) times the
 * sum of their magnitudes, u = 2⁻⁵³, or 2⁻²⁴ in single precision (Higham 2002, "Accuracy and
 * Stability of Numerical Algorithms", section 3.1). Two right implementations therefore differ by
 * at most twice that.
 */
final class ProductCheck {

  private static final long SEED = 1;

  /** Rows, inner width and columns: single cells, edges on all sides of blocks of 2 to 64. */
  private static final int[][] SHAPES = {
    {1, 1, 1}, {1, 7, 3}, {5, 1, 9}, {2, 3, 1}, {17, 9, 31}, {33, 65, 8}, {64, 36, 64}, {7, 70, 67}
  };

  /** Inner width and columns, from where small matrices are treated apart to where none is. */
  private static final int[][] ALIKE = {{3, 5}, {36, 128}, {128, 9}, {417, 64}};

  private static final List<Form> FORMS =
      List.of(
          new Form("A B", false, false, MatrixMultiply::mult, MatrixMultiply::mult),
          new Form("C + A B", false, false, MatrixMultiply::multAdd, MatrixMultiply::multAdd),
          new Form("Aᵀ B", true, false, MatrixMultiply::multTransA, MatrixMultiply::multTransA),
          new Form("A Bᵀ", false, true, MatrixMultiply::multTransB, MatrixMultiply::multTransB),
          new Form(
              "C + A Bᵀ",
              false,
              true,
              MatrixMultiply::multAddTransB,
              MatrixMultiply::multAddTransB));

  private static final double UNIT = Math.ulp(1.0) / 2;
  private static final double UNIT_OF_SINGLE = Math.ulp(1f) / 2;

  private final MatrixMultiply trusted;

  ProductCheck(MatrixMultiply trusted) {
    this.trusted = trusted;
  }

  /** One of the products, whatever its form. */
  private interface Product {
    void of(MatrixMultiply multiply, DMatrixRMaj a, DMatrixRMaj b, DMatrixRMaj c);
  }

  /** The same in single precision. */
  private interface SingleProduct {
    void of(MatrixMultiply multiply, FMatrixRMaj a, FMatrixRMaj b, FMatrixRMaj c);
  }

  /** A form of product, with whether its factors are turned. */
  private record Form(
      String name, boolean transA, boolean transB, Product product, SingleProduct single) {}

  /** What is wrong with an implementation; empty if nothing was found. */
  Optional<String> faultOf(MatrixMultiply candidate) {
    var random = new SplittableRandom(SEED);
    for (int[] shape : SHAPES) {
      int n = shape[0];
      int k = shape[1];
      int m = shape[2];
      for (Form form : FORMS) {
        DMatrixRMaj a = form.transA() ? uniform(k, n, random) : uniform(n, k, random);
        DMatrixRMaj b = form.transB() ? uniform(m, k, random) : uniform(k, m, random);
        Optional<String> fault = fault(form, k, candidate, a, b, uniform(n, m, random));
        if (fault.isPresent()) {
          return fault.map(what -> what + ", %d×%d×%d".formatted(n, k, m));
        }
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

  /** The factors are numbers of single precision: one expectation then serves both. */
  private Optional<String> fault(
      Form form, int k, MatrixMultiply candidate, DMatrixRMaj a, DMatrixRMaj b, DMatrixRMaj c) {
    DMatrixRMaj expected = c.copy();
    DMatrixRMaj magnitudes = magnitudes(c);
    form.product().of(trusted, a, b, expected);
    form.product().of(trusted, magnitudes(a), magnitudes(b), magnitudes);
    DMatrixRMaj found = c.copy();
    form.product().of(candidate, a, b, found);
    FMatrixRMaj single = single(c);
    form.single().of(candidate, single(a), single(b), single);
    for (int cell = 0; cell < c.getNumElements(); cell++) {
      double magnitude = magnitudes.data[cell];
      double error = Math.abs(found.data[cell] - expected.data[cell]);
      double errorInSingle = Math.abs(single.data[cell] - expected.data[cell]);
      if (!(error <= 2 * gamma(k + 1, UNIT) * magnitude)
          || !(errorInSingle <= 2 * gamma(k + 1, UNIT_OF_SINGLE) * magnitude)) {
        return Optional.of(
            "%s is off by %.1e in one cell, in single precision by %.1e"
                .formatted(form.name(), error, errorInSingle));
      }
    }
    return Optional.empty();
  }

  private static FMatrixRMaj single(DMatrixRMaj matrix) {
    FMatrixRMaj single = new FMatrixRMaj(matrix.numRows, matrix.numCols);
    for (int cell = 0; cell < matrix.getNumElements(); cell++) {
      single.data[cell] = (float) matrix.data[cell];
    }
    return single;
  }

  /** γ_k, k being the inner width and one more for the matrix that is added to. */
  private static double gamma(int k, double u) {
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
      matrix.data[cell] = (float) random.nextDouble(-1, 1);
    }
    return matrix;
  }
}
