package dev.elbow.benchmarks.jmh;

import dev.elbow.trainer.blas.MatrixMultiply;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.ejml.data.DMatrixRMaj;
import org.ejml.data.FMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.CommonOps_FDRM;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** One product of the shapes that a fit has, by the machine's fastest and by plain EJML. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ProductsBenchmark {

  /** Rows × inner width × columns. */
  @Param({"64x38x128", "256x128x64", "1024x128x64", "64x2432x512"})
  private String shape = "";

  private final MatrixMultiply products = MatrixMultiply.fastest();
  private DMatrixRMaj a = new DMatrixRMaj(0, 0);
  private DMatrixRMaj b = new DMatrixRMaj(0, 0);
  private DMatrixRMaj c = new DMatrixRMaj(0, 0);

  private FMatrixRMaj singleA = new FMatrixRMaj(0, 0);
  private FMatrixRMaj singleB = new FMatrixRMaj(0, 0);
  private FMatrixRMaj singleC = new FMatrixRMaj(0, 0);

  /** Fills the factors. */
  @Setup(Level.Trial)
  public void fill() {
    int[] widths = Arrays.stream(shape.split("x", -1)).mapToInt(Integer::parseInt).toArray();
    SplittableRandom random = new SplittableRandom(1);
    a = uniform(widths[0], widths[1], random);
    b = uniform(widths[1], widths[2], random);
    c = new DMatrixRMaj(widths[0], widths[2]);
    singleA = rounded(a);
    singleB = rounded(b);
    singleC = rounded(c);
  }

  private static FMatrixRMaj rounded(DMatrixRMaj matrix) {
    FMatrixRMaj rounded = new FMatrixRMaj(matrix.numRows, matrix.numCols);
    for (int cell = 0; cell < matrix.getNumElements(); cell++) {
      rounded.data[cell] = (float) matrix.data[cell];
    }
    return rounded;
  }

  private static DMatrixRMaj uniform(int rows, int columns, SplittableRandom random) {
    DMatrixRMaj matrix = new DMatrixRMaj(rows, columns);
    matrix.setData(random.doubles((long) rows * columns, -1, 1).toArray());
    return matrix;
  }

  /** As a fit does it. */
  @Benchmark
  public FMatrixRMaj fastestInSingle() {
    products.mult(singleA, singleB, singleC);
    return singleC;
  }

  /** The same in double precision. */
  @Benchmark
  public DMatrixRMaj fastest() {
    products.mult(a, b, c);
    return c;
  }

  /** The baseline. */
  @Benchmark
  public FMatrixRMaj ejmlInSingle() {
    CommonOps_FDRM.mult(singleA, singleB, singleC);
    return singleC;
  }

  /** The baseline in double precision. */
  @Benchmark
  public DMatrixRMaj ejml() {
    CommonOps_DDRM.mult(a, b, c);
    return c;
  }
}
