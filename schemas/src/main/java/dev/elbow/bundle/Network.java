package dev.elbow.bundle;

import java.util.List;

/**
 * The shape of the two networks, for people; the networks themselves are the ONNX files.
 *
 * @param encoderHidden widths of the encoder's hidden layers, from the input on
 * @param decoderHidden widths of the decoder's hidden layers, from the latent space on
 * @param activation the hidden layers' activation, such as {@code tanh}
 * @param sigmaMin lower bound of the decoder's standard deviation, model units, positive
 * @param sigmaMax upper bound of the same, greater than the lower
 * @param linearSkips whether x goes to mu, and z to the decoder's mean, on a straight way as well
 */
public record Network(
    List<Integer> encoderHidden,
    List<Integer> decoderHidden,
    String activation,
    double sigmaMin,
    double sigmaMax,
    boolean linearSkips) {

  /**
   * @throws IllegalArgumentException if a width is not positive or the bounds are out of order
   */
  public Network {
    encoderHidden = List.copyOf(encoderHidden);
    decoderHidden = List.copyOf(decoderHidden);
    Rule.check(
        encoderHidden.stream().allMatch(width -> width > 0)
            && decoderHidden.stream().allMatch(width -> width > 0),
        "network: expected positive widths, found %s and %s"
            .formatted(encoderHidden, decoderHidden));
    Rule.check(!activation.isBlank(), "network: expected the name of an activation, found none");
    Rule.check(
        sigmaMin > 0 && sigmaMin < sigmaMax && Double.isFinite(sigmaMax),
        "network: expected 0 < sigmaMin < sigmaMax, found %s and %s".formatted(sigmaMin, sigmaMax));
  }
}
