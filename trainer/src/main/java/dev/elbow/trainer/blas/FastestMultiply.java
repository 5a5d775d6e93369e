package dev.elbow.trainer.blas;

import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the fastest products that this machine can trust: native ones if their library loads and
 * multiplies as EJML does, and EJML's where either fails. The training is then slower, and as
 * right.
 */
final class FastestMultiply {

  private static final Logger LOG = LoggerFactory.getLogger(FastestMultiply.class);

  /** Found when it is first asked for: who never multiplies never loads a native library. */
  static final MatrixMultiply FOUND = choose(OpenBlasMultiply::load);

  private FastestMultiply() {}

  /**
   * @param nativeOne loads native products; may throw a {@link LinkageError}
   */
  static MatrixMultiply choose(Supplier<MatrixMultiply> nativeOne) {
    MatrixMultiply portable = new EjmlMultiply();
    try {
      MatrixMultiply candidate = nativeOne.get();
      Optional<String> fault = new ProductCheck(portable).faultOf(candidate);
      if (fault.isEmpty()) {
        return candidate;
      }
      LOG.warn(
          "{} multiplies wrongly on this machine and is not used: {}; training takes several times as long with {}",
          candidate.name(),
          fault.get(),
          portable.name());
    } catch (LinkageError e) {
      // A library that does not load is an Error, whether it is missing, for another platform or
      // in a place that holds no executables.
      LOG.warn(
          "OpenBLAS cannot be loaded ({}); training takes several times as long with {}",
          e.toString(),
          portable.name());
    }
    return portable;
  }
}
