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
 * 1312.6114). {@link #forward} goes first; loss and gradients belong to the last forward pass and
 * to the parameters it saw. Loops are many and short, for the virtual machine to take several cells
 * at once. Workspaces are reused, so an {@code Elbo} is for one thread.
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

  /** As many copies of x as there are draws, one below the other; x itself where there is one. */
  private DMatrixRMaj xOfDraws = new DMatrixRMaj(0, 0);

  /** Of the same shape: 1 where a cell was observed, 0 where it is missing. */
  private DMatrixRMaj observedOfDraws = new DMatrixRMaj(0, 0);

  private final DMatrixRMaj observed = new DMatrixRMaj(0, 0);
  private final DMatrixRMaj sigma = new DMatrixRMaj(0, 0);
  private DMatrixRMaj eps = new DMatrixRMaj(0, 0);

  private final DMatrixRMaj z = new DMatrixRMaj(0, 0);

  /** exp(−T), LN×D, and exp(S) − 1, N×K: value and gradients share them. */
  private final DMatrixRMaj precision = new DMatrixRMaj(0, 0);

  private final DMatrixRMaj growth = new DMatrixRMaj(0, 0);

  private final DMatrixRMaj natsOfX = new DMatrixRMaj(0, 0);
  private final DMatrixRMaj natsOfKl = new DMatrixRMaj(0, 0);
  private final DMatrixRMaj dMean = new DMatrixRMaj(0, 0);
  private final DMatrixRMaj dLogVarOfX = new DMatrixRMaj(0, 0);
  private final DMatrixRMaj dZ = new DMatrixRMaj(0, 0);
  private final DMatrixRMaj dMu = new DMatrixRMaj(0, 0);
  private final DMatrixRMaj dLogVar = new DMatrixRMaj(0, 0);

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
   * The loss of a minibatch, and what its gradients are made of.
   *
   * @param x N×D, missing cells hold 0; kept until the next pass, not modified
   * @param mask N×D, which cells were observed; kept until the next pass, not modified
   * @param eps LN×K, standard normal draws, row l·N + i for draw l of row i; kept until the next
   *     pass, not modified
   */
  public Loss forward(DMatrixRMaj x, Mask mask, DMatrixRMaj eps) {
    encode(x, mask);
    forward(eps);
    return loss();
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
    observed.reshape(x.numRows, x.numCols);
    Cells.observed(mask, observed.data);
    encoder.forward(x, q);
    Reparameterization.sigma(q.logVar(), sigma);
    growth.reshape(q.logVar().numRows, q.logVar().numCols);
    Exponential.expm1(q.logVar().data, growth.data, growth.getNumElements());
  }

  /**
   * Goes on from the minibatch encoded last, by θ as it is.
   *
   * @param eps LN×K, as above
   */
  public void forward(DMatrixRMaj eps) {
    this.eps = eps;
    Reparameterization.forward(q.mu(), sigma, eps, z);
    decoder.forward(z, p);
    xOfDraws = ofDraws(x, xOfDraws);
    observedOfDraws = ofDraws(observed, observedOfDraws);
    precision.reshape(z.numRows, x.numCols);
    int cells = precision.getNumElements();
    double[] t = p.logVar().data;
    double[] out = precision.data;
    for (int c = 0; c < cells; c++) {
      out[c] = -t[c];
    }
    Exponential.exp(out, out, cells);
  }

  /** The loss of the minibatch that went forward last. No gradient needs it. */
  public Loss loss() {
    reconstruction();
    kl();
    return new Loss(
        Cells.sum(natsOfX.data, natsOfX.getNumElements()) / z.numRows,
        Cells.sum(natsOfKl.data, natsOfKl.getNumElements()) / x.numRows);
  }

  private void reconstruction() {
    natsOfX.reshape(z.numRows, x.numCols);
    int cells = natsOfX.getNumElements();
    double[] xs = xOfDraws.data;
    double[] o = observedOfDraws.data;
    double[] m = p.mean().data;
    double[] t = p.logVar().data;
    double[] precisions = precision.data;
    double[] nats = natsOfX.data;
    for (int c = 0; c < cells; c++) {
      // (9)  −log p(x_d|z) = ½ (ln 2π + T_d + (x_d − m_d)² exp(−T_d)),   0 where x_d is missing
      double residual = xs[c] - m[c];
      nats[c] = o[c] * 0.5 * (LN_2PI + t[c] + residual * residual * precisions[c]);
    }
  }

  private void kl() {
    natsOfKl.reshape(q.mu().numRows, q.mu().numCols);
    int cells = natsOfKl.getNumElements();
    double[] m = q.mu().data;
    double[] s = q.logVar().data;
    double[] growths = growth.data;
    double[] nats = natsOfKl.data;
    for (int c = 0; c < cells; c++) {
      // (6)  KL_k = ½ (exp S_k + μ_k² − 1 − S_k)
      nats[c] = 0.5 * (growths[c] - s[c] + m[c] * m[c]);
    }
  }

  /** ∇_θ ℒ, what step (A) descends along. It never goes near φ. Overwritten by the next call. */
  public Parameters gradientOfTheta() {
    backward();
    decoder.gradient(z, p, dMean, dTheta);
    return dTheta.parameters();
  }

  /**
   * ∇_φ ℒ, what step (B) descends along. It passes through the decoder to z without computing what
   * θ would need. Overwritten by the next call.
   */
  public Parameters gradientOfPhi() {
    backward();
    decoder.gradientOfInput(p, dMean, dZ);
    dMu.reshape(q.mu().numRows, q.mu().numCols);
    dLogVar.reshape(q.mu().numRows, q.mu().numCols);
    double weight = 1.0 / x.numRows;
    int cells = dMu.getNumElements();
    double[] m = q.mu().data;
    double[] growths = growth.data;
    double[] dM = dMu.data;
    double[] dS = dLogVar.data;
    for (int c = 0; c < cells; c++) {
      // (7)  ∂ℒ/∂μ_k = 1/N μ_k,   ∂ℒ/∂S_k = 1/N ½ (exp S_k − 1)
      dM[c] = weight * m[c];
      dS[c] = weight * 0.5 * growths[c];
    }
    Reparameterization.addBackward(sigma, eps, dZ, dMu, dLogVar);
    encoder.backward(x, q, dMu, dLogVar, dPhi);
    return dPhi.parameters();
  }

  /** To the decoder's output, and through the decoder. */
  private void backward() {
    dMean.reshape(z.numRows, x.numCols);
    dLogVarOfX.reshape(z.numRows, x.numCols);
    double weight = 1.0 / z.numRows;
    int cells = dMean.getNumElements();
    double[] xs = xOfDraws.data;
    double[] o = observedOfDraws.data;
    double[] m = p.mean().data;
    double[] precisions = precision.data;
    double[] dM = dMean.data;
    double[] dT = dLogVarOfX.data;
    for (int c = 0; c < cells; c++) {
      // (10)  ∂ℒ/∂m_d = −1/(LN) (x_d − m_d) exp(−T_d)
      //       ∂ℒ/∂T_d =  1/(LN) ½ (1 − (x_d − m_d)² exp(−T_d))
      double residual = xs[c] - m[c];
      double scaled = residual * precisions[c];
      dM[c] = -weight * o[c] * scaled;
      dT[c] = weight * o[c] * 0.5 * (1 - residual * scaled);
    }
    decoder.backward(p, dMean, dLogVarOfX);
  }

  /** A matrix of N rows, once for every draw, in the place of what was made of the last one. */
  private DMatrixRMaj ofDraws(DMatrixRMaj rows, DMatrixRMaj before) {
    if (z.numRows == rows.numRows) {
      return rows;
    }
    DMatrixRMaj copies = before.numRows == z.numRows ? before : new DMatrixRMaj(0, 0);
    copies.reshape(z.numRows, rows.numCols);
    for (int row = 0; row < z.numRows; row += rows.numRows) {
      System.arraycopy(rows.data, 0, copies.data, row * rows.numCols, rows.numRows * rows.numCols);
    }
    return copies;
  }
}
