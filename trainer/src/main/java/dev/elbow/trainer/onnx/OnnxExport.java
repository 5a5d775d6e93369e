package dev.elbow.trainer.onnx;

import dev.elbow.trainer.vae.Affine;
import dev.elbow.trainer.vae.Decoder;
import dev.elbow.trainer.vae.Encoder;
import dev.elbow.trainer.vae.HiddenLayers;
import dev.elbow.trainer.vae.Skip;
import dev.elbow.trainer.vae.Vae;
import java.util.Optional;
import org.ejml.data.DMatrixRMaj;

/**
 * A trained autoencoder's encoder and decoder as ONNX models: opset 17, IR version 8, float32
 * weights, any number of rows.
 *
 * <p>The graphs compute equations (19), (22), (24), (25), (27), (28) and (55) of {@code
 * docs/math.md}, clamps and bounds included, so that their outputs are the two Gaussians
 * themselves.
 */
public final class OnnxExport {

  private static final String PRODUCER = "elbow";

  /**
   * Of the graphs' form, not of Elbow: a build that changes neither form nor weights changes no
   * byte.
   */
  private static final String PRODUCER_VERSION = "1";

  private OnnxExport() {}

  /** x (N×D) ↦ mu, log_var (N×K). */
  public static byte[] encoder(Vae vae) {
    Encoder encoder = vae.encoder();
    var graph = new OnnxGraph("encoder");
    String x = graph.input("x", vae.features());
    String h = hidden(graph, encoder.hidden(), x);
    head(graph, "mu", encoder.mu(), h, encoder.skip(), x);
    String raw = affine(graph, "log_var.raw", encoder.logVar(), h);
    graph.node(
        "Clip",
        "log_var",
        raw,
        graph.scalar("log_var.min", Encoder.LOG_VAR_MIN),
        graph.scalar("log_var.max", Encoder.LOG_VAR_MAX));
    graph.output("mu", vae.latents());
    graph.output("log_var", vae.latents());
    return graph.toBytes(PRODUCER, PRODUCER_VERSION);
  }

  /** z (N×K) ↦ mean, log_var (N×D). */
  public static byte[] decoder(Vae vae) {
    Decoder decoder = vae.decoder();
    var graph = new OnnxGraph("decoder");
    String z = graph.input("z", vae.latents());
    String h = hidden(graph, decoder.hidden(), z);
    head(graph, "mean", decoder.mean(), h, decoder.skip(), z);
    boundedLogVar(graph, decoder, h);
    graph.output("mean", vae.features());
    graph.output("log_var", vae.features());
    return graph.toBytes(PRODUCER, PRODUCER_VERSION);
  }

  /** log_var = lo + (hi − lo) · sigmoid(raw + 2). */
  private static void boundedLogVar(OnnxGraph graph, Decoder decoder, String h) {
    double lo = decoder.logVarMin();
    double hi = decoder.logVarMax();
    String raw = affine(graph, "log_var.raw", decoder.logVar(), h);
    String offset = graph.scalar("log_var.offset", Decoder.RAW_OFFSET);
    String shifted = graph.node("Add", "log_var.shifted", raw, offset);
    String gate = graph.node("Sigmoid", "log_var.gate", shifted);
    String range = graph.scalar("log_var.range", hi - lo);
    String scaled = graph.node("Mul", "log_var.scaled", gate, range);
    graph.node("Add", "log_var", scaled, graph.scalar("log_var.min", lo));
  }

  private static String hidden(OnnxGraph graph, HiddenLayers hidden, String input) {
    String h = input;
    for (int l = 0; l < hidden.layers().size(); l++) {
      String name = "hidden" + (l + 1);
      String a = affine(graph, name + ".a", hidden.layers().get(l), h);
      h =
          switch (hidden.activation()) {
            case TANH -> graph.node("Tanh", name, a);
            case SILU -> graph.node("Mul", name, a, graph.node("Sigmoid", name + ".sigmoid", a));
          };
    }
    return h;
  }

  /** name = h · W + b, and the input · V of the linear skip where there is one. */
  private static void head(
      OnnxGraph graph, String name, Affine affine, String h, Optional<Skip> skip, String input) {
    if (skip.isEmpty()) {
      affine(graph, name, affine, h);
    } else {
      DMatrixRMaj v = skip.get().weights();
      String weights = graph.weights(name + ".skip.v", v.data, v.numRows, v.numCols);
      String straight = graph.node("MatMul", name + ".skip", input, weights);
      graph.node("Add", name, affine(graph, name + ".hidden", affine, h), straight);
    }
  }

  /** name = input · W + b. */
  private static String affine(OnnxGraph graph, String name, Affine affine, String input) {
    String w = graph.weights(name + ".w", affine.weights().data, affine.in(), affine.out());
    String b = graph.weights(name + ".b", affine.bias().data, affine.out());
    return graph.node("Gemm", name, input, w, b);
  }
}
