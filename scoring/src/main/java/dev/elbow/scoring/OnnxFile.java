package dev.elbow.scoring;

import dev.elbow.bundle.Member;

/**
 * One network of a member, and what its graph must look like.
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

  /**
   * The encoder of a member.
   *
   * @param member counted from 0
   */
  static OnnxFile encoder(int member, int features, int latents) {
    String name = Member.file(Member.ENCODER, member);
    return new OnnxFile(name, "x", features, "sensors", "mu", latents, "latents");
  }

  /**
   * The decoder of a member.
   *
   * @param member counted from 0
   */
  static OnnxFile decoder(int member, int features, int latents) {
    String name = Member.file(Member.DECODER, member);
    return new OnnxFile(name, "z", latents, "latents", "mean", features, "sensors");
  }
}
