package dev.elbow.scoring;

/**
 * One network of a bundle, and what its graph must look like.
 *
 * @param name of the file, for messages
 * @param input name of its only input, N×{@code inputWidth}
 * @param inputWidth width of the input
 * @param inputMeaning what the manifest calls that width
 * @param mean name of its first output, N×{@code outputWidth}
 * @param outputWidth width of both outputs
 * @param outputMeaning what the manifest calls that width
 */
record OnnxFile(
    String name,
    String input,
    int inputWidth,
    String inputMeaning,
    String mean,
    int outputWidth,
    String outputMeaning) {

  /** Name of the second output, N×{@code outputWidth}, in both networks. */
  static final String LOG_VAR = "log_var";

  static OnnxFile encoder(int features, int latents) {
    return new OnnxFile("encoder.onnx", "x", features, "sensors", "mu", latents, "latents");
  }

  static OnnxFile decoder(int features, int latents) {
    return new OnnxFile("decoder.onnx", "z", latents, "latents", "mean", features, "sensors");
  }
}
