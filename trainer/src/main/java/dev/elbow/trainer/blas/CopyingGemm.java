package dev.elbow.trainer.blas;

import static org.bytedeco.openblas.global.openblas_nolapack.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.blas_set_num_threads;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_dgemm;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_sgemm;

/**
 * OpenBLAS by the binding that brings the library along. Every call copies the arrays to where
 * native code may read them, and the result back.
 */
final class CopyingGemm implements Gemm {

  private CopyingGemm() {}

  /**
   * Loads the library. It is told to use the calling thread alone: the members of a model are
   * fitted at once already, and sums that are split among threads could come out differently from
   * run to run.
   *
   * @throws LinkageError if there is none for this platform, or it cannot be loaded
   */
  static CopyingGemm load() {
    blas_set_num_threads(1);
    return new CopyingGemm();
  }

  @Override
  public String name() {
    return "OpenBLAS";
  }

  @Override
  public void multiply(
      boolean transA,
      boolean transB,
      int n,
      int m,
      int k,
      double[] a,
      double[] b,
      double beta,
      double[] c) {
    cblas_dgemm(
        CblasRowMajor,
        transA ? CblasTrans : CblasNoTrans,
        transB ? CblasTrans : CblasNoTrans,
        n,
        m,
        k,
        1,
        a,
        Gemm.stride(transA ? n : k),
        b,
        Gemm.stride(transB ? k : m),
        beta,
        c,
        Gemm.stride(m));
  }

  @Override
  public void multiply(
      boolean transA,
      boolean transB,
      int n,
      int m,
      int k,
      float[] a,
      float[] b,
      float beta,
      float[] c) {
    cblas_sgemm(
        CblasRowMajor,
        transA ? CblasTrans : CblasNoTrans,
        transB ? CblasTrans : CblasNoTrans,
        n,
        m,
        k,
        1,
        a,
        Gemm.stride(transA ? n : k),
        b,
        Gemm.stride(transB ? k : m),
        beta,
        c,
        Gemm.stride(m));
  }
}
