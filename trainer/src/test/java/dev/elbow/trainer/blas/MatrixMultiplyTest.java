package dev.elbow.trainer.blas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every implementation promises, of each that runs on this machine. */
class MatrixMultiplyTest {

  private final DMatrixRMaj a = new DMatrixRMaj(new double[][] {{1, 2, 3}, {4, 5, 6}});
  private final DMatrixRMaj at = new DMatrixRMaj(new double[][] {{1, 4}, {2, 5}, {3, 6}});
  private final DMatrixRMaj b = new DMatrixRMaj(new double[][] {{1, 0}, {-1, 2}, {10, 20}});
  private final DMatrixRMaj bt = new DMatrixRMaj(new double[][] {{1, -1, 10}, {0, 2, 20}});
  private final DMatrixRMaj c = new DMatrixRMaj(new double[][] {{0.5, 0.5}, {0.5, 0.5}});

  static Stream<MatrixMultiply> implementations() {
    return Stream.<Supplier<MatrixMultiply>>of(
            EjmlMultiply::new,
            () -> new OpenBlasMultiply(CopyingGemm.load()),
            () -> new OpenBlasMultiply(PinnedGemm.load(CopyingGemm.load())))
        .flatMap(MatrixMultiplyTest::whereItLoads);
  }

  private static Stream<MatrixMultiply> whereItLoads(Supplier<MatrixMultiply> implementation) {
    try {
      return Stream.of(implementation.get());
    } catch (LinkageError e) {
      return Stream.empty();
    }
  }

  /** By hand: 1 − 2 + 30 = 29, 4 + 60 = 64, 4 − 5 + 60 = 59 and 10 + 120 = 130. */
  @ParameterizedTest
  @MethodSource("implementations")
  void productsAreThoseByHand(MatrixMultiply multiply) {
    assertThat(product(() -> multiply.mult(a, b, c))).containsExactly(29, 64, 59, 130);
    assertThat(product(() -> multiply.multTransA(at, b, c))).containsExactly(29, 64, 59, 130);
    assertThat(product(() -> multiply.multTransB(a, bt, c))).containsExactly(29, 64, 59, 130);
    assertThat(product(() -> multiply.multAdd(a, b, c))).containsExactly(58, 128, 118, 260);
    assertThat(product(() -> multiply.multAddTransB(a, bt, c))).containsExactly(87, 192, 177, 390);
  }

  private double[] product(Runnable product) {
    product.run();
    return c.data.clone();
  }

  /** Matrices that were reshaped hold more numbers than they show. */
  @ParameterizedTest
  @MethodSource("implementations")
  void numbersBeyondTheMatrixAreLeftAlone(MatrixMultiply multiply) {
    DMatrixRMaj roomy = new DMatrixRMaj(3, 2);
    roomy.data[4] = 7;
    roomy.data[5] = 8;
    roomy.reshape(2, 2);

    multiply.mult(a, b, roomy);

    assertThat(roomy.data).containsExactly(29, 64, 59, 130, 7, 8);
  }

  @ParameterizedTest
  @MethodSource("implementations")
  void whatIsNotFiniteStaysSo(MatrixMultiply multiply) {
    a.set(0, 1, Double.NaN);
    a.set(1, 1, Double.POSITIVE_INFINITY);

    multiply.mult(a, b, c);

    assertThat(c.get(0, 0)).isNaN();
    assertThat(c.get(1, 0)).isEqualTo(Double.NEGATIVE_INFINITY);
  }

  @ParameterizedTest
  @MethodSource("implementations")
  void emptyMatricesGiveEmptyProductsAndZeros(MatrixMultiply multiply) {
    DMatrixRMaj empty = new DMatrixRMaj(0, 2);

    multiply.mult(new DMatrixRMaj(0, 3), b, empty);
    multiply.mult(new DMatrixRMaj(2, 0), new DMatrixRMaj(0, 2), c);

    assertThat(empty.getNumElements()).isZero();
    assertThat(c.data).containsExactly(0, 0, 0, 0);
  }

  @ParameterizedTest
  @MethodSource("implementations")
  void shapesThatDoNotFitAreRefused(MatrixMultiply multiply) {
    assertThatThrownBy(() -> multiply.mult(a, a, c)).isInstanceOf(RuntimeException.class);
    assertThatThrownBy(() -> multiply.multTransA(a, b, c)).isInstanceOf(RuntimeException.class);
    assertThatThrownBy(() -> multiply.multTransB(a, b, c)).isInstanceOf(RuntimeException.class);
    assertThatThrownBy(() -> multiply.multAdd(a, b, new DMatrixRMaj(2, 3)))
        .isInstanceOf(RuntimeException.class);
  }

  /** Four threads, factors in common, results compared with those of one thread to the last bit. */
  @ParameterizedTest
  @MethodSource("implementations")
  void severalThreadsAtOnceGetTheSameBits(MatrixMultiply multiply) throws Exception {
    DMatrixRMaj x = normal(64, 130, 1);
    DMatrixRMaj w = normal(130, 67, 2);
    DMatrixRMaj alone = new DMatrixRMaj(64, 67);
    multiply.mult(x, w, alone);
    List<Callable<DMatrixRMaj>> work = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      work.add(
          () -> {
            DMatrixRMaj y = new DMatrixRMaj(64, 67);
            multiply.mult(x, w, y);
            return y;
          });
    }
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      for (Future<DMatrixRMaj> product : threads.invokeAll(work)) {
        assertThat(product.get().data).isEqualTo(alone.data);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  /** Against sums in a plain loop: 200 terms of size 1 are within 200 · 200 · 1.1e-16 of it. */
  @ParameterizedTest
  @MethodSource("implementations")
  void longSumsAreThoseOfAPlainLoop(MatrixMultiply multiply) {
    DMatrixRMaj x = normal(5, 200, 1);
    DMatrixRMaj w = normal(3, 200, 2);
    DMatrixRMaj y = new DMatrixRMaj(5, 3);

    multiply.multTransB(x, w, y);

    double sum = 0;
    for (int k = 0; k < 200; k++) {
      sum += x.get(4, k) * w.get(1, k);
    }
    assertThat(y.get(4, 1)).isCloseTo(sum, within(1e-11));
  }

  @Test
  void theFastestIsFoundOnce() {
    assertThat(MatrixMultiply.fastest()).isSameAs(MatrixMultiply.fastest());
  }

  private static DMatrixRMaj normal(int rows, int columns, long seed) {
    var random = new SplittableRandom(seed);
    DMatrixRMaj matrix = new DMatrixRMaj(rows, columns);
    for (int cell = 0; cell < matrix.getNumElements(); cell++) {
      matrix.data[cell] = random.nextGaussian();
    }
    return matrix;
  }
}
