package dev.elbow.trainer.blas;

import org.ejml.data.DMatrixRMaj;
import org.ejml.data.FMatrixRMaj;

/**
 * Products of dense matrices, in double and in single precision.
 *
 * <p>The result is another matrix than the factors and already has its shape. A sum of k products
 * is off by at most k rounding errors of the sum of their magnitudes; in which order it is added up
 * is up to the implementation, but the same factors give the same result, bit for bit. An
 * implementation may be used from several threads at once.
 */
public interface MatrixMultiply {

  /**
   * Of factors A with as many rows as this, each row of {@link #multAdd}'s result comes of its own
   * row of A to the last bit, wherever it stands. Of other numbers of rows this need not be so:
   * native kernels take rows by twos or fours and treat those that are left over apart.
   */
  int ROWS_ALIKE = 64;

  /** The one of this machine; looked for at the first call and the same ever after. */
  static MatrixMultiply fastest() {
    return FastestMultiply.FOUND;
  }

  /** Its name, for people. */
  String name();

  /**
   * C ← A B.
   *
   * @param a N×K; not modified
   * @param b K×M; not modified
   * @param c N×M; overwritten
   * @throws RuntimeException if the shapes do not fit
   */
  void mult(DMatrixRMaj a, DMatrixRMaj b, DMatrixRMaj c);

  /**
   * C ← C + A B.
   *
   * @param a N×K; not modified
   * @param b K×M; not modified
   * @param c N×M; added to
   * @throws RuntimeException if the shapes do not fit
   */
  void multAdd(DMatrixRMaj a, DMatrixRMaj b, DMatrixRMaj c);

  /**
   * C ← Aᵀ B.
   *
   * @param a K×N; not modified
   * @param b K×M; not modified
   * @param c N×M; overwritten
   * @throws RuntimeException if the shapes do not fit
   */
  void multTransA(DMatrixRMaj a, DMatrixRMaj b, DMatrixRMaj c);

  /**
   * C ← A Bᵀ.
   *
   * @param a N×K; not modified
   * @param b M×K; not modified
   * @param c N×M; overwritten
   * @throws RuntimeException if the shapes do not fit
   */
  void multTransB(DMatrixRMaj a, DMatrixRMaj b, DMatrixRMaj c);

  /**
   * C ← C + A Bᵀ.
   *
   * @param a N×K; not modified
   * @param b M×K; not modified
   * @param c N×M; added to
   * @throws RuntimeException if the shapes do not fit
   */
  void multAddTransB(DMatrixRMaj a, DMatrixRMaj b, DMatrixRMaj c);

  /**
   * C ← A B.
   *
   * @param a N×K; not modified
   * @param b K×M; not modified
   * @param c N×M; overwritten
   * @throws RuntimeException if the shapes do not fit
   */
  void mult(FMatrixRMaj a, FMatrixRMaj b, FMatrixRMaj c);

  /**
   * C ← C + A B.
   *
   * @param a N×K; not modified
   * @param b K×M; not modified
   * @param c N×M; added to
   * @throws RuntimeException if the shapes do not fit
   */
  void multAdd(FMatrixRMaj a, FMatrixRMaj b, FMatrixRMaj c);

  /**
   * C ← Aᵀ B.
   *
   * @param a K×N; not modified
   * @param b K×M; not modified
   * @param c N×M; overwritten
   * @throws RuntimeException if the shapes do not fit
   */
  void multTransA(FMatrixRMaj a, FMatrixRMaj b, FMatrixRMaj c);

  /**
   * C ← A Bᵀ.
   *
   * @param a N×K; not modified
   * @param b M×K; not modified
   * @param c N×M; overwritten
   * @throws RuntimeException if the shapes do not fit
   */
  void multTransB(FMatrixRMaj a, FMatrixRMaj b, FMatrixRMaj c);

  /**
   * C ← C + A Bᵀ.
   *
   * @param a N×K; not modified
   * @param b M×K; not modified
   * @param c N×M; added to
   * @throws RuntimeException if the shapes do not fit
   */
  void multAddTransB(FMatrixRMaj a, FMatrixRMaj b, FMatrixRMaj c);
}
