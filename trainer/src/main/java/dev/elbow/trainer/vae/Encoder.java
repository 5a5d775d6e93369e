package dev.elbow.trainer.vae;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.ejml.data.DMatrixRMaj;

/**
 * The encoder x ↦ (μ, S) of the approximate posterior q_φ(z|x) = N(μ, diag exp S), S = log σ²; its
 * parameters are φ.
 *
 * <p>Equations (24) to (26), (55) and (56) of {@code docs/math.md}. ∂ℒ/∂φ has the shape of φ and is
 * held in an {@code Encoder} too.
 */
public final class Encoder {

  /** Below e⁻¹² ≈ 6e-6 a latent variance is as good as zero, and its log could run off to −∞. */
  public static final double LOG_VAR_MIN = -12;

  /** Above e⁶ ≈ 400 times the prior's variance a latent says nothing; exp stays tame. */
  public static final double LOG_VAR_MAX = 6;

  private final HiddenLayers hidden;
  private final Affine mu;
  private final Affine logVar;
  private final Optional<Skip> skip;
  private final Parameters parameters;

  private Encoder(HiddenLayers hidden, Affine mu, Affine logVar, Optional<Skip> skip) {
    this.hidden = hidden;
    this.mu = mu;
    this.logVar = logVar;
    this.skip = skip;
    Map<String, Affine> named = new LinkedHashMap<>();
    hidden.name("encoder.hidden", named);
    named.put("encoder.mu", mu);
    named.put("encoder.log_var", logVar);
    Parameters layers = Parameters.of(named);
    this.parameters =
        skip.map(past -> layers.and(Parameters.of("encoder.mu.skip", past.weights())))
            .orElse(layers);
  }

  static Encoder zeros(Architecture a) {
    HiddenLayers hidden = HiddenLayers.zeros(a.features(), a.encoderHidden(), a.activation());
    return new Encoder(
        hidden,
        Affine.zeros(hidden.out(), a.latents()),
        Affine.zeros(hidden.out(), a.latents()),
        skip(a));
  }

  static Encoder random(Architecture a, RandomGenerator random) {
    HiddenLayers hidden =
        HiddenLayers.random(a.features(), a.encoderHidden(), a.activation(), random);
    return new Encoder(
        hidden,
        Affine.random(hidden.out(), a.latents(), random),
        Affine.random(hidden.out(), a.latents(), random),
        skip(a));
  }

  private static Optional<Skip> skip(Architecture a) {
    return a.linearSkips() ? Optional.of(Skip.zeros(a.features(), a.latents())) : Optional.empty();
  }

  /** The layers between x and the two heads. */
  public HiddenLayers hidden() {
    return hidden;
  }

  /** The head of μ. */
  public Affine mu() {
    return mu;
  }

  /** The straight way from x to μ; empty if the architecture has none. */
  public Optional<Skip> skip() {
    return skip;
  }

  /** The head of S, before its clamp to [{@link #LOG_VAR_MIN}, {@link #LOG_VAR_MAX}]. */
  public Affine logVar() {
    return logVar;
  }

  /** φ, by name; a view, not a copy. */
  public Parameters parameters() {
    return parameters;
  }

  /**
   * Forward.
   *
   * @param x N×D; not modified
   * @param pass receives μ and S and keeps what the way back needs
   */
  void forward(DMatrixRMaj x, Pass pass) {
    hidden.forward(x, pass.hidden);
    DMatrixRMaj h = pass.hidden.output();
    // (24)  μ = h W_μ + b_μ
    mu.forward(h, pass.mu);
    skip.ifPresent(past -> past.addForward(x, pass.mu));
    // (25)  r = h W_S + b_S,   S = clamp(r, −12, 6)
    logVar.forward(h, pass.raw);
    pass.logVar.reshape(pass.raw.numRows, pass.raw.numCols);
    int cells = pass.raw.getNumElements();
    double[] r = pass.raw.data;
    double[] s = pass.logVar.data;
    for (int c = 0; c < cells; c++) {
      s[c] = Math.max(LOG_VAR_MIN, Math.min(r[c], LOG_VAR_MAX));
    }
  }

  /**
   * Backward to φ.
   *
   * @param x N×D, the input of the forward pass; not modified
   * @param dMu N×K, ∂ℒ/∂μ; not modified
   * @param dLogVar N×K, ∂ℒ/∂S; not modified
   * @param gradient overwritten with ∂ℒ/∂φ
   */
  void backward(DMatrixRMaj x, Pass pass, DMatrixRMaj dMu, DMatrixRMaj dLogVar, Encoder gradient) {
    // (26)  ∂ℒ/∂r = ∂ℒ/∂S where −12 ≤ r ≤ 6, and 0 where the clamp holds
    pass.dRaw.reshape(dLogVar.numRows, dLogVar.numCols);
    for (int i = 0; i < dLogVar.getNumElements(); i++) {
      double r = pass.raw.data[i];
      pass.dRaw.data[i] = r >= LOG_VAR_MIN && r <= LOG_VAR_MAX ? dLogVar.data[i] : 0;
    }
    DMatrixRMaj h = pass.hidden.output();
    mu.backward(h, dMu, gradient.mu);
    gradient.skip.ifPresent(dV -> skip.orElseThrow().backward(x, dMu, dV));
    logVar.backward(h, pass.dRaw, gradient.logVar);
    // ∂ℒ/∂h is the sum over the two heads
    DMatrixRMaj dH = pass.hidden.dOutput();
    mu.backwardToInput(dMu, dH);
    logVar.addBackwardToInput(pass.dRaw, dH);
    hidden.backward(pass.hidden);
    hidden.gradient(x, pass.hidden, gradient.hidden);
  }

  /** What one minibatch leaves behind on its way forward and back; reused. */
  static final class Pass {

    private final HiddenLayers.Pass hidden;
    private final DMatrixRMaj mu = new DMatrixRMaj(0, 0);
    private final DMatrixRMaj raw = new DMatrixRMaj(0, 0);
    private final DMatrixRMaj logVar = new DMatrixRMaj(0, 0);
    private final DMatrixRMaj dRaw = new DMatrixRMaj(0, 0);

    Pass(Encoder encoder) {
      this.hidden = new HiddenLayers.Pass(encoder.hidden);
    }

    /** μ, N×K. */
    DMatrixRMaj mu() {
      return mu;
    }

    /** S = log σ², N×K. */
    DMatrixRMaj logVar() {
      return logVar;
    }
  }
}
