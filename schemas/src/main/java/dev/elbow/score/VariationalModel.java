package dev.elbow.score;

/**
 * A variational autoencoder as the score sees it: q_φ(z|x) and p_θ(x|z), both diagonal Gaussians,
 * for a batch of rows at a time.
 *
 * <p>The trainer's matrices and the detector's ONNX Runtime sessions both implement it, so that
 * {@link NegativeElbo} is written once.
 */
public interface VariationalModel {

  /** Width D of an input row. */
  int features();

  /** Width K of the latent space. */
  int latents();

  /**
   * The approximate posterior q_φ(z|x) = N(μ(x), diag σ²(x)).
   *
   * @param x N×D, model rows; not modified
   * @return N×K, the caller's own
   */
  DiagonalGaussian encode(Rows x);

  /**
   * The likelihood p_θ(x|z) = N(m(z), diag s²(z)).
   *
   * @param z N×K; not modified
   * @return N×D, the caller's own
   */
  DiagonalGaussian decode(Rows z);
}
