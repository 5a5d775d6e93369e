package dev.elbow.trainer.vae;

import dev.elbow.score.DiagonalGaussian;
import dev.elbow.score.Rows;
import dev.elbow.score.VariationalModel;
import java.util.random.RandomGenerator;
import org.ejml.data.DMatrixRMaj;

/**
 * A variational autoencoder in double precision: an {@link Encoder} for q_φ(z|x) and a {@link
 * Decoder} for p_θ(x|z).
 *
 * <p>{@link #encode} and {@link #decode} keep no state and may be called from several threads, as
 * long as no fit is writing the parameters.
 */
public final class Vae implements VariationalModel {

  private final Architecture architecture;
  private final Encoder encoder;
  private final Decoder decoder;

  private Vae(Architecture architecture, Encoder encoder, Decoder decoder) {
    this.architecture = architecture;
    this.encoder = encoder;
    this.decoder = decoder;
  }

  /** Untrained, every parameter 0: to be filled with known ones. */
  public static Vae zeros(Architecture architecture) {
    return new Vae(architecture, Encoder.zeros(architecture), Decoder.zeros(architecture));
  }

  /** Untrained, with random parameters: where a fit starts. */
  public static Vae random(Architecture architecture, RandomGenerator random) {
    return new Vae(
        architecture, Encoder.random(architecture, random), Decoder.random(architecture, random));
  }

  /** Its shape. */
  public Architecture architecture() {
    return architecture;
  }

  /** q_φ(z|x). */
  public Encoder encoder() {
    return encoder;
  }

  /** p_θ(x|z). */
  public Decoder decoder() {
    return decoder;
  }

  /** φ, then θ, by name; a view, not a copy. */
  public Parameters parameters() {
    return encoder.parameters().and(decoder.parameters());
  }

  @Override
  public int features() {
    return architecture.features();
  }

  @Override
  public int latents() {
    return architecture.latents();
  }

  @Override
  public DiagonalGaussian encode(Rows x) {
    Encoder.Pass pass = new Encoder.Pass(encoder);
    encoder.forward(matrix(x), pass);
    return new DiagonalGaussian(rows(pass.mu()), rows(pass.logVar()));
  }

  @Override
  public DiagonalGaussian decode(Rows z) {
    Decoder.Pass pass = new Decoder.Pass(decoder);
    decoder.forward(matrix(z), pass);
    return new DiagonalGaussian(rows(pass.mean()), rows(pass.logVar()));
  }

  private static DMatrixRMaj matrix(Rows rows) {
    return DMatrixRMaj.wrap(rows.count(), rows.columns(), rows.values());
  }

  private static Rows rows(DMatrixRMaj matrix) {
    return Rows.of(matrix.numRows, matrix.numCols, matrix.data);
  }
}
