package dev.elbow.trainer.vae;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The shape of a variational autoencoder: everything about it but its parameters.
 *
 * @param features D, width of an observation, at least 1
 * @param latents K, width of the latent space, at least 1
 * @param encoderHidden widths of the encoder's hidden layers from the input on; none leaves a
 *     linear encoder
 * @param decoderHidden widths of the decoder's hidden layers from the latents on; none leaves a
 *     decoder whose mean is linear
 * @param activation what follows each hidden layer
 * @param sigmaMin least standard deviation the decoder can give a sensor, model units, positive: a
 *     floor keeps the likelihood of a constant sensor bounded
 * @param sigmaMax greatest such standard deviation, above {@code sigmaMin}; 1 is the spread of the
 *     standardised fit rows, so a sensor the model knows nothing of is not forgiven more than that
 * @param linearSkips whether x goes to μ, and z to the decoder's mean, on a straight way as well
 */
public record Architecture(
    int features,
    int latents,
    List<Integer> encoderHidden,
    List<Integer> decoderHidden,
    Activation activation,
    double sigmaMin,
    double sigmaMax,
    boolean linearSkips) {

  private static final int MOST_LATENTS = 1024;
  private static final int MOST_WIDTH = 65_536;

  /** What fits as float32 into the 64 MiB that a file of a bundle may have. */
  private static final long MOST_PARAMETERS = 16_000_000;

  /**
   * @throws IllegalArgumentException if a width is out of its range, a network would have more than
   *     16 million parameters, or not 0 < {@code sigmaMin} < {@code sigmaMax} < ∞
   */
  public Architecture {
    encoderHidden = List.copyOf(encoderHidden);
    decoderHidden = List.copyOf(decoderHidden);
    require(features >= 1, "features: expected at least 1", features);
    require(
        latents >= 1 && latents <= MOST_LATENTS, "latents: expected 1 to " + MOST_LATENTS, latents);
    requireWidths("encoder hidden layers", encoderHidden);
    requireWidths("decoder hidden layers", decoderHidden);
    require(sigmaMin > 0, "sigmaMin: expected a positive number", sigmaMin);
    require(
        sigmaMax > sigmaMin && Double.isFinite(sigmaMax),
        "sigmaMax: expected a finite number above sigmaMin = " + sigmaMin,
        sigmaMax);
    requireParameters("encoder", parameters(features, encoderHidden, latents, linearSkips));
    requireParameters("decoder", parameters(latents, decoderHidden, features, linearSkips));
  }

  /** One without linear skips. */
  public Architecture(
      int features,
      int latents,
      List<Integer> encoderHidden,
      List<Integer> decoderHidden,
      Activation activation,
      double sigmaMin,
      double sigmaMax) {
    this(features, latents, encoderHidden, decoderHidden, activation, sigmaMin, sigmaMax, false);
  }

  /**
   * The default for {@code features} sensors: d-64-32-k and k-32-64-d with SiLU, k = d/2 within 2
   * to 16, σ within 0.2 to 1.
   *
   * @throws IllegalArgumentException if {@code features} is below 1
   */
  public static Architecture defaults(int features) {
    int latents = Math.max(2, Math.min(features / 2, 16));
    return new Architecture(
        features, latents, List.of(64, 32), List.of(32, 64), Activation.SILU, 0.2, 1);
  }

  /** The same with another activation. */
  public Architecture withActivation(Activation other) {
    return new Architecture(
        features, latents, encoderHidden, decoderHidden, other, sigmaMin, sigmaMax, linearSkips);
  }

  /** The same with other hidden layers, those of the decoder the encoder's backwards. */
  public Architecture withHidden(List<Integer> other) {
    List<Integer> backwards = new ArrayList<>(other);
    Collections.reverse(backwards);
    return new Architecture(
        features, latents, other, backwards, activation, sigmaMin, sigmaMax, linearSkips);
  }

  /** The same with or without linear skips. */
  public Architecture withLinearSkips(boolean other) {
    return new Architecture(
        features, latents, encoderHidden, decoderHidden, activation, sigmaMin, sigmaMax, other);
  }

  /** Weights and biases from {@code in} through the hidden layers to two heads. */
  private static long parameters(int in, List<Integer> hidden, int out, boolean skip) {
    long count = skip ? (long) in * out : 0;
    long width = in;
    for (int next : hidden) {
      count += (width + 1) * next;
      width = next;
    }
    return count + 2 * (width + 1) * out;
  }

  private static void requireParameters(String network, long count) {
    require(
        count <= MOST_PARAMETERS,
        "%s: expected at most %,d weights and biases; fewer latents or narrower hidden layers"
            .formatted(network, MOST_PARAMETERS),
        String.format("%,d", count));
  }

  private static void requireWidths(String name, List<Integer> widths) {
    require(
        widths.stream().allMatch(width -> width >= 1 && width <= MOST_WIDTH),
        name + ": expected widths of 1 to " + MOST_WIDTH,
        widths);
  }

  private static void require(boolean holds, String rule, Object found) {
    if (!holds) {
      throw new IllegalArgumentException(rule + ", found " + found);
    }
  }
}
