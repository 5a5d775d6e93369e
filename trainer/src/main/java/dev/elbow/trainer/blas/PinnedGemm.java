package dev.elbow.trainer.blas;

import dev.ludovic.netlib.blas.NativeBLAS;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.openblas.global.openblas_nolapack;

/**
 * The same library by another binding, which lets native code read and write the arrays where they
 * are. While it does, the collector leaves them in place: it may have to wait for the end of one
 * product, some milliseconds at most. There is such a binding for Linux only.
 *
 * <p>That library thinks in columns: a row-major matrix is its transpose, and Cᵀ = op(B)ᵀ op(A)ᵀ.
 */
final class PinnedGemm implements Gemm {

  /** Where the binding looks for the library. */
  private static final String LIBRARY_PROPERTY = "dev.ludovic.netlib.blas.nativeLibPath";

  private static final String LIBRARY = "libopenblas_nolapack.so.0";

  /** The binding's own: it warns of implementations in Java that nobody asked for. */
  private static final Logger LOG = Logger.getLogger("dev.ludovic.netlib.blas.InstanceBuilder");

  private final NativeBLAS blas;
  private final String name;

  private PinnedGemm(NativeBLAS blas, String name) {
    this.blas = blas;
    this.name = name;
  }

  /**
   * Lends itself the library that another one has loaded.
   *
   * @throws LinkageError if this platform has no such binding
   */
  static PinnedGemm load(CopyingGemm loaded) {
    Path library = Path.of(Loader.load(openblas_nolapack.class)).resolveSibling(LIBRARY);
    if (!Files.exists(library)) {
      throw new UnsatisfiedLinkError("no %s".formatted(library));
    }
    System.setProperty(LIBRARY_PROPERTY, library.toString());
    LOG.setLevel(Level.SEVERE);
    try {
      return new PinnedGemm(NativeBLAS.getInstance(), loaded.name());
    } catch (RuntimeException e) { // its way to say that it cannot be loaded
      LinkageError error = new UnsatisfiedLinkError(e.toString());
      error.initCause(e);
      throw error;
    }
  }

  @Override
  public String name() {
    return name;
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
    blas.dgemm(
        op(transB),
        op(transA),
        m,
        n,
        k,
        1,
        b,
        Gemm.stride(transB ? k : m),
        a,
        Gemm.stride(transA ? n : k),
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
    blas.sgemm(
        op(transB),
        op(transA),
        m,
        n,
        k,
        1,
        b,
        Gemm.stride(transB ? k : m),
        a,
        Gemm.stride(transA ? n : k),
        beta,
        c,
        Gemm.stride(m));
  }

  private static String op(boolean transposed) {
    return transposed ? "T" : "N";
  }
}
