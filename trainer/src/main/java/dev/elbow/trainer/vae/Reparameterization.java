package dev.elbow.trainer.vae;

import org.ejml.data.DMatrixRMaj;

/**
 * Draws from q_φ(z|x) written as a function of (μ, S) and of noise that knows nothing of φ, so that
 * gradients pass through z to φ.
 *
 * <p>Equations (13) and (14) of {@code docs/math.md}; Kingma and Welling 2014 (arXiv 1312.6114),
 * section 2.4, and Rezende, Mohamed and Wierstra 2014 (arXiv 1401.4082). The L draws of a minibatch
 * of N rows are stacked: row l·N + i is draw l of row i.
 */
final class Reparameterization {

  private Reparameterization() {}

  /**
   * The standard deviations, which value and gradient share.
   *
   * @param logVar N×K, S = log σ²; not modified
   * @param sigma overwritten with exp(S/2), becomes N×K
   */
  static void sigma(DMatrixRMaj logVar, DMatrixRMaj sigma) {
    sigma.reshape(logVar.numRows, logVar.numCols);
    int cells = logVar.getNumElements();
    double[] s = logVar.data;
    double[] out = sigma.data;
    for (int c = 0; c < cells; c++) {
      out[c] = 0.5 * s[c];
    }
    Exponential.exp(out, out, cells);
  }

  /**
   * Forward.
   *
   * @param mu N×K; not modified
   * @param sigma N×K, exp(S/2); not modified
   * @param eps LN×K, standard normal; not modified
   * @param z overwritten, becomes LN×K
   */
  static void forward(DMatrixRMaj mu, DMatrixRMaj sigma, DMatrixRMaj eps, DMatrixRMaj z) {
    z.reshape(eps.numRows, eps.numCols);
    for (int c = 0, q = 0; c < z.getNumElements(); c++, q++) {
      if (q == mu.getNumElements()) {
        q = 0;
      }
      // (13)  z = μ + exp(S/2) ⊙ ε
      z.data[c] = mu.data[q] + sigma.data[q] * eps.data[c];
    }
  }

  /**
   * Backward.
   *
   * @param sigma N×K, exp(S/2); not modified
   * @param eps LN×K, the draws of the forward pass; not modified
   * @param dZ LN×K, ∂ℒ/∂z; not modified
   * @param dMu N×K; ∂ℒ/∂μ along z is added
   * @param dLogVar N×K; ∂ℒ/∂S along z is added
   */
  static void addBackward(
      DMatrixRMaj sigma, DMatrixRMaj eps, DMatrixRMaj dZ, DMatrixRMaj dMu, DMatrixRMaj dLogVar) {
    for (int c = 0, q = 0; c < dZ.getNumElements(); c++, q++) {
      if (q == dMu.getNumElements()) {
        q = 0;
      }
      // (14)  ∂ℒ/∂μ = Σ_l ∂ℒ/∂z_l,   ∂ℒ/∂S = Σ_l ∂ℒ/∂z_l ⊙ ½ exp(S/2) ⊙ ε_l
      dMu.data[q] += dZ.data[c];
      dLogVar.data[q] += dZ.data[c] * 0.5 * sigma.data[q] * eps.data[c];
    }
  }
}
