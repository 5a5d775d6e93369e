package dev.elbow.trainer.vae;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.ejml.data.DMatrixRMaj;

/**
 * The decoder z ↦ (m, T) of the likelihood p_θ(x|z) = N(m, diag exp T), T = log s², with a variance
 * learned per row and sensor and kept within (σ_min², σ_max²); its parameters are θ.
 *
 * <p>Equations (27) to (29), (55) and (56) of {@code docs/math.md}; learned decoder variances after
 * Rybkin, Daniilidis and Levine 2021 (arXiv 2006.13202). ∂ℒ/∂θ has the shape of θ and is held in a
 * {@code Decoder} too.
 */
public final class Decoder {

  /**
   * Added to the raw output: a fresh decoder starts at sigmoid(2) = 0.88 of the way from σ_min to
   * σ_max on the log scale, unsure of itself, and grows sure as it learns.
   */
  public static final double RAW_OFFSET = 2;

  private final HiddenLayers hidden;
  private final Affine mean;
  private final Affine logVar;
  private final Optional<Skip> skip;
  private final double lo;
  private final double hi;
  private final Parameters parameters;

  private Decoder(
      HiddenLayers hidden, Affine mean, Affine logVar, Optional<Skip> skip, Architecture a) {
    this.hidden = hidden;
    this.mean = mean;
    this.logVar = logVar;
    this.skip = skip;
    this.lo = 2 * Math.log(a.sigmaMin());
    this.hi = 2 * Math.log(a.sigmaMax());
    Map<String, Affine> named = new LinkedHashMap<>();
    hidden.name("decoder.hidden", named);
    named.put("decoder.mean", mean);
    named.put("decoder.log_var", logVar);
    Parameters layers = Parameters.of(named);
    this.parameters =
        skip.map(past -> layers.and(Parameters.of("decoder.mean.skip", past.weights())))
            .orElse(layers);
  }

  static Decoder zeros(Architecture a) {
    HiddenLayers hidden = HiddenLayers.zeros(a.latents(), a.decoderHidden(), a.activation());
    return new Decoder(
        hidden,
        Affine.zeros(hidden.out(), a.features()),
        Affine.zeros(hidden.out(), a.features()),
        skip(a),
        a);
  }

  static Decoder random(Architecture a, RandomGenerator random) {
    HiddenLayers hidden =
        HiddenLayers.random(a.latents(), a.decoderHidden(), a.activation(), random);
    return new Decoder(
        hidden,
        Affine.random(hidden.out(), a.features(), random),
        Affine.random(hidden.out(), a.features(), random),
        skip(a),
        a);
  }

  private static Optional<Skip> skip(Architecture a) {
    return a.linearSkips() ? Optional.of(Skip.zeros(a.latents(), a.features())) : Optional.empty();
  }

  /** The layers between z and the two heads. */
  public HiddenLayers hidden() {
    return hidden;
  }

  /** The head of m. */
  public Affine mean() {
    return mean;
  }

  /** The straight way from z to m; empty if the architecture has none. */
  public Optional<Skip> skip() {
    return skip;
  }

  /** The head of T, before {@link #RAW_OFFSET}, sigmoid and bounds. */
  public Affine logVar() {
    return logVar;
  }

  /** Lower bound of T, 2 ln σ_min. */
  public double logVarMin() {
    return lo;
  }

  /** Upper bound of T, 2 ln σ_max. */
  public double logVarMax() {
    return hi;
  }

  /** θ, by name; a view, not a copy. */
  public Parameters parameters() {
    return parameters;
  }

  /**
   * Forward.
   *
   * @param z N×K; not modified
   * @param pass receives m and T and keeps what the way back needs
   */
  void forward(DMatrixRMaj z, Pass pass) {
    hidden.forward(z, pass.hidden);
    DMatrixRMaj h = pass.hidden.output();
    // (27)  m = h W_m + b_m
    mean.forward(h, pass.mean);
    skip.ifPresent(past -> past.addForward(z, pass.mean));
    // (28)  r = h W_T + b_T,   g = sigmoid(r + 2),   T = lo + (hi − lo) g
    logVar.forward(h, pass.gate);
    pass.logVar.reshape(pass.gate.numRows, pass.gate.numCols);
    int cells = pass.gate.getNumElements();
    double[] g = pass.gate.data;
    double[] t = pass.logVar.data;
    double least = lo;
    double span = hi - lo;
    for (int c = 0; c < cells; c++) {
      g[c] += RAW_OFFSET;
    }
    Sigmoid.of(g, g, cells);
    for (int c = 0; c < cells; c++) {
      t[c] = least + span * g[c];
    }
  }

  /**
   * Backward to every hidden layer, which both {@link #gradient} and {@link #gradientOfInput} go on
   * from.
   *
   * @param dMean N×D, ∂ℒ/∂m; not modified
   * @param dLogVar N×D, ∂ℒ/∂T; not modified
   */
  void backward(Pass pass, DMatrixRMaj dMean, DMatrixRMaj dLogVar) {
    // (29)  ∂ℒ/∂r = ∂ℒ/∂T (hi − lo) g (1 − g)
    pass.dRaw.reshape(dLogVar.numRows, dLogVar.numCols);
    int cells = dLogVar.getNumElements();
    double[] g = pass.gate.data;
    double[] dT = dLogVar.data;
    double[] dR = pass.dRaw.data;
    double span = hi - lo;
    for (int c = 0; c < cells; c++) {
      dR[c] = dT[c] * span * g[c] * (1 - g[c]);
    }
    // ∂ℒ/∂h is the sum over the two heads
    DMatrixRMaj dH = pass.hidden.dOutput();
    mean.backwardToInput(dMean, dH);
    logVar.addBackwardToInput(pass.dRaw, dH);
    hidden.backward(pass.hidden);
  }

  /**
   * The gradient of the parameters, after {@link #backward}.
   *
   * @param z N×K, the input of the forward pass; not modified
   * @param dMean N×D, ∂ℒ/∂m; not modified
   * @param gradient overwritten with ∂ℒ/∂θ
   */
  void gradient(DMatrixRMaj z, Pass pass, DMatrixRMaj dMean, Decoder gradient) {
    DMatrixRMaj h = pass.hidden.output();
    mean.backward(h, dMean, gradient.mean);
    gradient.skip.ifPresent(dV -> skip.orElseThrow().backward(z, dMean, dV));
    logVar.backward(h, pass.dRaw, gradient.logVar);
    hidden.gradient(z, pass.hidden, gradient.hidden);
  }

  /**
   * The gradient of the input, after {@link #backward}.
   *
   * @param dMean N×D, ∂ℒ/∂m; not modified
   * @param dZ overwritten with ∂ℒ/∂z, becomes N×K
   */
  void gradientOfInput(Pass pass, DMatrixRMaj dMean, DMatrixRMaj dZ) {
    hidden.gradientOfInput(pass.hidden, dZ);
    skip.ifPresent(past -> past.addBackwardToInput(dMean, dZ));
  }

  /** What one minibatch leaves behind on its way forward and back; reused. */
  static final class Pass {

    private final HiddenLayers.Pass hidden;
    private final DMatrixRMaj mean = new DMatrixRMaj(0, 0);
    private final DMatrixRMaj gate = new DMatrixRMaj(0, 0);
    private final DMatrixRMaj logVar = new DMatrixRMaj(0, 0);
    private final DMatrixRMaj dRaw = new DMatrixRMaj(0, 0);

    Pass(Decoder decoder) {
      this.hidden = new HiddenLayers.Pass(decoder.hidden);
    }

    /** m, N×D. */
    DMatrixRMaj mean() {
      return mean;
    }

    /** T = log s², N×D. */
    DMatrixRMaj logVar() {
      return logVar;
    }
  }
}
