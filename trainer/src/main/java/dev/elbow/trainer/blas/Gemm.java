package dev.elbow.trainer.blas;

/**
 * C ← op(A) op(B) + β C of row-major arrays without gaps, by a native library. Native code does not
 * look where an array ends: who calls has checked that.
 */
interface Gemm {

  /** Which library and kernels, for people. */
  String name();

  /**
   * In double precision.
   *
   * @param transA whether op(A) = Aᵀ
   * @param transB whether op(B) = Bᵀ
   * @param n rows of C
   * @param m columns of C
   * @param k inner width
   * @param a as many numbers as n·k; not modified
   * @param b as many numbers as k·m; not modified
   * @param c as many numbers as n·m; overwritten
   */
  void multiply(
      boolean transA,
      boolean transB,
      int n,
      int m,
      int k,
      double[] a,
      double[] b,
      double beta,
      double[] c);

  /** In single precision. */
  void multiply(
      boolean transA,
      boolean transB,
      int n,
      int m,
      int k,
      float[] a,
      float[] b,
      float beta,
      float[] c);

  /** From one row to the next; the library wants at least 1, also of a matrix without columns. */
  static int stride(int columns) {
    return Math.max(1, columns);
  }
}
