package dev.elbow.trainer.blas;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.ejml.data.DMatrixRMaj;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FastestMultiplyTest {

  @Test
  void takesNativeProductsThatMultiplyRightly() {
    MatrixMultiply right = new OffByAFactor(1, 1);

    assertThat(FastestMultiply.choose(() -> right)).isSameAs(right);
  }

  /** One part in 10¹³ is a thousand times what rounding may do to a single product. */
  @ParameterizedTest
  @ValueSource(doubles = {1 + 1e-13, 1.01, 0, Double.NaN})
  void wrongProductsAreNotUsed(double factor) {
    MatrixMultiply chosen = FastestMultiply.choose(() -> new OffByAFactor(factor, 1));

    assertThat(chosen).isInstanceOf(EjmlMultiply.class);
  }

  /** One part in 10⁴ is a thousand times what rounding may do to a single product. */
  @ParameterizedTest
  @ValueSource(doubles = {1 + 1e-4, 1.01, 0, Double.NaN})
  void productsThatAreWrongInSinglePrecisionAreNotUsed(double factor) {
    MatrixMultiply chosen = FastestMultiply.choose(() -> new OffByAFactor(1, factor));

    assertThat(chosen).isInstanceOf(EjmlMultiply.class);
  }

  @Test
  void faultNamesTheProductAndItsShape() {
    Optional<String> fault = new ProductCheck(new EjmlMultiply()).faultOf(new OffByAFactor(2, 1));

    assertThat(fault).hasValueSatisfying(text -> assertThat(text).contains("Aᵀ B", "1×1×1"));
  }

  @Test
  void fallsBackWhereTheLibraryIsMissing() {
    MatrixMultiply noLibrary =
        FastestMultiply.choose(
            () -> {
              throw new UnsatisfiedLinkError("no jniopenblas in java.library.path");
            });
    MatrixMultiply noBinding =
        FastestMultiply.choose(
            () -> {
              throw new NoClassDefFoundError("org/bytedeco/openblas/global/openblas_nolapack");
            });
    MatrixMultiply brokenStart =
        FastestMultiply.choose(
            () -> {
              throw new ExceptionInInitializerError(new IllegalStateException("no cache"));
            });

    assertThat(noLibrary).isInstanceOf(EjmlMultiply.class);
    assertThat(noBinding).isInstanceOf(EjmlMultiply.class);
    assertThat(brokenStart).isInstanceOf(EjmlMultiply.class);
  }

  /** Right but for Aᵀ B, as a kernel that is wrong on one kind of processor would be. */
  private static final class OffByAFactor implements MatrixMultiply {

    private final MatrixMultiply right = new EjmlMultiply();
    private final double factor;
    private final double factorOfSingle;

    OffByAFactor(double factor, double factorOfSingle) {
      this.factor = factor;
      this.factorOfSingle = factorOfSingle;
    }

    @Override
    public String name() {
      return "a test's";
    }

    @Override
    public void mult(DMatrixRMaj a, DMatrixRMaj b, DMatrixRMaj c) {
      right.mult(a, b, c);
    }

    @Override
    public void multAdd(DMatrixRMaj a, DMatrixRMaj b, DMatrixRMaj c) {
      right.multAdd(a, b, c);
    }

    @Override
    public void multTransA(DMatrixRMaj a, DMatrixRMaj b, DMatrixRMaj c) {
      right.multTransA(a, b, c);
      for (int cell = 0; cell < c.getNumElements(); cell++) {
        c.data[cell] *= factor;
      }
    }

    @Override
    public void multTransB(DMatrixRMaj a, DMatrixRMaj b, DMatrixRMaj c) {
      right.multTransB(a, b, c);
    }

    @Override
    public void multAddTransB(DMatrixRMaj a, DMatrixRMaj b, DMatrixRMaj c) {
      right.multAddTransB(a, b, c);
    }

    @Override
    public void mult(FMatrixRMaj a, FMatrixRMaj b, FMatrixRMaj c) {
      right.mult(a, b, c);
    }

    @Override
    public void multAdd(FMatrixRMaj a, FMatrixRMaj b, FMatrixRMaj c) {
      right.multAdd(a, b, c);
    }

    @Override
    public void multTransA(FMatrixRMaj a, FMatrixRMaj b, FMatrixRMaj c) {
      right.multTransA(a, b, c);
      for (int cell = 0; cell < c.getNumElements(); cell++) {
        c.data[cell] *= (float) factorOfSingle;
      }
    }

    @Override
    public void multTransB(FMatrixRMaj a, FMatrixRMaj b, FMatrixRMaj c) {
      right.multTransB(a, b, c);
    }

    @Override
    public void multAddTransB(FMatrixRMaj a, FMatrixRMaj b, FMatrixRMaj c) {
      right.multAddTransB(a, b, c);
    }
  }
}
