package dev.elbow.trainer.vae;

import dev.elbow.score.Mask;
import org.ejml.data.DMatrixRMaj;

/**
 * The loss of a minibatch, the negative evidence lower bound, and its gradients with respect to θ
 * and φ, each by hand.
 *
 * <pre>
 *   ℒ(θ, φ) = 1/N Σ_i [ 1/L Σ_l Σ_d −log p_θ(x_id | z_il)  +  Σ_k KL_ik ],   z_il ~ q_φ(z | x_i)
 * </pre>
 *
 * <p>The sum over sensors d leaves out what the {@link Mask} calls missing, and no gradient comes
 * from there: the M-ELBO of Xu et al. 2018 (arXiv 1802.03903). The sum runs over sensors and
 * latents, the mean over rows and draws, as in {@link dev.elbow.score.NegativeElbo}; nothing is
 * weighted or clamped.
 *
 * <p>Equations (4), (6) to (10) and (15) of {@code docs/math.md}; Kingma and Welling 2014 (arXiv
 * 1312.6114). {@link #forward} goes first; the gradients belong to the last forward pass and to the
 * parameters it saw. Workspaces are reused, so an {@code Elbo} is for one thread.
 */
public final class Elbo {

  private static final double LN_2PI = Math.log(2 * Math.PI);

  private final Encoder encoder;
  private final Decoder decoder;
  private final Encoder.Pass q;
  private final Decoder.Pass p;
  private final Encoder dPhi;
  private final Decoder dTheta;

  private DMatrixRMaj x = new DMatrixRMaj(0, 0);
  private DMatrixRMaj eps = new DMatrixRMaj(0, 0);
  private Mask mask = Mask.all(0, 0);

  private final DMatrixRMaj z = new DMatrixRMaj(0, 0);
  private final DMatrixRMaj dMean = new DMatrixRMaj(0, 0);
  private final DMatrixRMaj dLogVarOfX = new DMatrixRMaj(0, 0);
  private final DMatrixRMaj dMuOfKl = new DMatrixRMaj(0, 0);
  private final DMatrixRMaj dLogVarOfKl = new DMatrixRMaj(0, 0);
  private double kl;
  private final DMatrixRMaj dZ = new DMatrixRMaj(0, 0);
  private final DMatrixRMaj dMu = new DMatrixRMaj(0, 0);
  private final DMatrixRMaj dLogVar = new DMatrixRMaj(0, 0);

  /**
   * The loss, split as it adds up; each a mean over rows, in nats.
   *
   * @param reconstruction −E[log p_θ(x|z)], may be negative: a density can exceed 1
   * @param kl KL(q_φ(z|x) ‖ N(0, I)), at least 0 up to rounding
   */
  public record Loss(double reconstruction, double kl) {

    /** The negative ELBO. */
    public double total() {
      return reconstruction + kl;
    }
  }

  /**
   * @param vae whose parameters the loss depends on; read at every pass, never written
   */
  public Elbo(Vae vae) {
    this.encoder = vae.encoder();
    this.decoder = vae.decoder();
    this.q = new Encoder.Pass(encoder);
    this.p = new Decoder.Pass(decoder);
    this.dPhi = Encoder.zeros(vae.architecture());
    this.dTheta = Decoder.zeros(vae.architecture());
  }

  /**
   * The loss of a minibatch.
   *
   * @param x N×D, missing cells hold 0; kept until the next pass, not modified
   * @param mask N×D, which cells were observed; kept until the next pass, not modified
   * @param eps LN×K, standard normal draws, row l·N + i for draw l of row i; kept until the next
   *     pass, not modified
   */
  public Loss forward(DMatrixRMaj x, Mask mask, DMatrixRMaj eps) {
    encode(x, mask);
    return forward(eps);
  }

  /**
   * The part of {@link #forward(DMatrixRMaj, Mask, DMatrixRMaj)} that depends on φ alone: q_φ(z|x).
   * While φ stays, {@link #forward(DMatrixRMaj)} may go on from it again and again.
   *
   * @param x N×D, missing cells hold 0; kept until the next one, not modified
   * @param mask N×D, which cells were observed; kept until the next one, not modified
   */
  public void encode(DMatrixRMaj x, Mask mask) {
    this.x = x;
    this.mask = mask;
    encoder.forward(x, q);
    kl = kl();
  }

  /**
   * The loss of the minibatch encoded last, by θ as it is.
   *
   * @param eps LN×K, as above
   */
  public Loss forward(DMatrixRMaj eps) {
    this.eps = eps;
    Reparameterization.forward(q.mu(), q.logVar(), eps, z);
    decoder.forward(z, p);
    return new Loss(reconstruction(), kl);
  }

  /** ∇_θ ℒ, what step (A) descends along. It never goes near φ. Overwritten by the next call. */
  public Parameters gradientOfTheta() {
    decoder.backward(p, dMean, dLogVarOfX);
    decoder.gradient(z, p, dMean, dTheta);
    return dTheta.parameters();
  }

  /**
   * ∇_φ ℒ, what step (B) descends along. It passes through the decoder to z without computing what
   * θ would need. Overwritten by the next call.
   */
  public Parameters gradientOfPhi() {
    decoder.backward(p, dMean, dLogVarOfX);
    decoder.gradientOfInput(p, dMean, dZ);
    dMu.setTo(dMuOfKl);
    dLogVar.setTo(dLogVarOfKl);
    Reparameterization.addBackward(q.logVar(), eps, dZ, dMu, dLogVar);
    encoder.backward(x, q, dMu, dLogVar, dPhi);
    return dPhi.parameters();
  }

  /** The value, and its gradients by the decoder's output on the way: they share what is dear. */
  private double reconstruction() {
    dMean.reshape(z.numRows, x.numCols);
    dLogVarOfX.reshape(z.numRows, x.numCols);
    double sum = 0;
    double weight = 1.0 / z.numRows;
    int columns = x.numCols;
    for (int row = 0, c = 0; row < z.numRows; row++) {
      int i = row % x.numRows;
      for (int d = 0; d < columns; d++, c++) {
        if (mask.observed(i, d)) {
          // (9)  −log p(x_d|z) = ½ (ln 2π + T_d + (x_d − m_d)² exp(−T_d))
          double logVar = p.logVar().data[c];
          double residual = x.data[i * columns + d] - p.mean().data[c];
          double scaled = residual * Math.exp(-logVar);
          sum += 0.5 * (LN_2PI + logVar + residual * scaled);
          // (10)  ∂ℒ/∂m_d = −1/(LN) (x_d − m_d) exp(−T_d)
          //       ∂ℒ/∂T_d =  1/(LN) ½ (1 − (x_d − m_d)² exp(−T_d))
          dMean.data[c] = -weight * scaled;
          dLogVarOfX.data[c] = weight * 0.5 * (1 - residual * scaled);
        } else {
          dMean.data[c] = 0;
          dLogVarOfX.data[c] = 0;
        }
      }
    }
    return sum / z.numRows;
  }

  /** The value, and its gradients by the encoder's output on the way. */
  private double kl() {
    dMuOfKl.reshape(q.mu().numRows, q.mu().numCols);
    dLogVarOfKl.reshape(q.mu().numRows, q.mu().numCols);
    double sum = 0;
    double weight = 1.0 / x.numRows;
    for (int c = 0; c < q.mu().getNumElements(); c++) {
      // (6)  KL_k = ½ (exp S_k + μ_k² − 1 − S_k)
      double mu = q.mu().data[c];
      double logVar = q.logVar().data[c];
      double growth = Math.expm1(logVar);
      sum += 0.5 * (growth - logVar + mu * mu);
      // (7)  ∂ℒ/∂μ_k = 1/N μ_k,   ∂ℒ/∂S_k = 1/N ½ (exp S_k − 1)
      dMuOfKl.data[c] = weight * mu;
      dLogVarOfKl.data[c] = weight * 0.5 * growth;
    }
    return sum / x.numRows;
  }
}
