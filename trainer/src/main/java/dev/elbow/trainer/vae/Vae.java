package dev.elbow.trainer.vae;

import dev.elbow.score.DiagonalGaussian;
import dev.elbow.score.Rows;
import dev.elbow.score.VariationalModel;
import dev.elbow.trainer.blas.MatrixMultiply;
import java.util.Arrays;
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
  private final Parameters parameters;

  private Vae(Architecture architecture, Encoder encoder, Decoder decoder) {
    this.architecture = architecture;
    this.encoder = encoder;
    this.decoder = decoder;
    this.parameters = encoder.parameters().and(decoder.parameters());
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
    return parameters;
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
    DiagonalGaussian q = zeros(x.count(), latents());
    DMatrixRMaj block = new DMatrixRMaj(MatrixMultiply.ROWS_ALIKE, features());
    for (int from = 0; from < x.count(); from += block.numRows) {
      read(x, from, block);
      encoder.forward(block, pass);
      write(pass.mu(), q.mean(), from);
      write(pass.logVar(), q.logVar(), from);
    }
    return q;
  }

  @Override
  public DiagonalGaussian decode(Rows z) {
    Decoder.Pass pass = new Decoder.Pass(decoder);
    DiagonalGaussian p = zeros(z.count(), features());
    DMatrixRMaj block = new DMatrixRMaj(MatrixMultiply.ROWS_ALIKE, latents());
    for (int from = 0; from < z.count(); from += block.numRows) {
      read(z, from, block);
      decoder.forward(block, pass);
      write(pass.mean(), p.mean(), from);
      write(pass.logVar(), p.logVar(), from);
    }
    return p;
  }

  private static DiagonalGaussian zeros(int count, int columns) {
    return new DiagonalGaussian(Rows.zeros(count, columns), Rows.zeros(count, columns));
  }

  /** Fills a block with the rows from {@code from} on, and with zeros where there are no more. */
  private static void read(Rows rows, int from, DMatrixRMaj block) {
    int cells = Math.min(block.numRows, rows.count() - from) * rows.columns();
    System.arraycopy(rows.values(), from * rows.columns(), block.data, 0, cells);
    Arrays.fill(block.data, cells, block.data.length, 0);
  }

  /** What came of {@link #read}'s rows, to the same place. */
  private static void write(DMatrixRMaj block, Rows rows, int from) {
    int cells = Math.min(block.numRows, rows.count() - from) * rows.columns();
    System.arraycopy(block.data, 0, rows.values(), from * rows.columns(), cells);
  }
}
