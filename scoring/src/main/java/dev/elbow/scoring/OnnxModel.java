package dev.elbow.scoring;

import dev.elbow.bundle.ModelBundle;
import dev.elbow.input.InvalidInputException;
import dev.elbow.score.DiagonalGaussian;
import dev.elbow.score.Rows;
import dev.elbow.score.VariationalModel;

/**
 * The networks of one member of a bundle in ONNX Runtime. Weights and activations are float32; rows
 * are double and narrowed on the way in.
 *
 * <p>{@link #encode} and {@link #decode} may be called from several threads at once. {@link #close}
 * must not be called while one of them is running; {@link Scorer} sees to that for its callers.
 */
public final class OnnxModel implements VariationalModel, AutoCloseable {

  private final int features;
  private final int latents;
  private final OnnxNetwork encoder;
  private final OnnxNetwork decoder;

  private OnnxModel(int features, int latents, OnnxNetwork encoder, OnnxNetwork decoder) {
    this.features = features;
    this.latents = latents;
    this.encoder = encoder;
    this.decoder = decoder;
  }

  /**
   * Checks a member's two networks and opens them.
   *
   * @param member which of the bundle's members, counted from 0
   * @throws InvalidInputException if a network is not what the manifest says, or ONNX Runtime
   *     cannot be loaded or refuses it
   */
  public static OnnxModel open(ModelBundle bundle, int member) {
    int features = bundle.frontEnd().features();
    int latents = bundle.manifest().latents();
    OnnxFile encoderFile = OnnxFile.encoder(member, features, latents);
    OnnxFile decoderFile = OnnxFile.decoder(member, features, latents);
    byte[] encoderBytes = bundle.members().get(member).encoder();
    byte[] decoderBytes = bundle.members().get(member).decoder();
    GraphGate.check(encoderFile, encoderBytes);
    GraphGate.check(decoderFile, decoderBytes);
    OnnxNetwork encoder = OnnxNetwork.open(encoderFile, encoderBytes);
    try {
      OnnxNetwork decoder = OnnxNetwork.open(decoderFile, decoderBytes);
      return new OnnxModel(features, latents, encoder, decoder);
    } catch (RuntimeException | Error e) { // also if memory runs out: the session is native
      encoder.close();
      throw e;
    }
  }

  /**
   * How many sessions of ONNX Runtime this process holds, two for each member of an open bundle.
   * Their memory is not in the heap, so whoever forgets one is not found out by the heap.
   */
  public static int openSessions() {
    return OnnxNetwork.open();
  }

  @Override
  public int features() {
    return features;
  }

  @Override
  public int latents() {
    return latents;
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalStateException if ONNX Runtime fails
   */
  @Override
  public DiagonalGaussian encode(Rows x) {
    return encoder.run(x);
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalStateException if ONNX Runtime fails
   */
  @Override
  public DiagonalGaussian decode(Rows z) {
    return decoder.run(z);
  }

  /** Gives both sessions back. */
  @Override
  public void close() {
    try (decoder) {
      encoder.close();
    }
  }
}
