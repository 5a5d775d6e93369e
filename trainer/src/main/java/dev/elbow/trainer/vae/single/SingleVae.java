package dev.elbow.trainer.vae.single;

import dev.elbow.trainer.vae.Architecture;
import dev.elbow.trainer.vae.Vae;
import java.util.Iterator;
import org.ejml.data.DMatrixRMaj;
import org.ejml.data.FMatrixRMaj;

/** An encoder and a decoder in single precision, and the way there and back. */
public final class SingleVae {

  private final Architecture architecture;
  private final Encoder encoder;
  private final Decoder decoder;
  private final Parameters parameters;

  private SingleVae(Architecture architecture) {
    this.architecture = architecture;
    this.encoder = Encoder.zeros(architecture);
    this.decoder = Decoder.zeros(architecture);
    this.parameters = encoder.parameters().and(decoder.parameters());
  }

  /** One with the parameters of another, rounded. */
  public static SingleVae of(Vae vae) {
    SingleVae single = new SingleVae(vae.architecture());
    Iterator<DMatrixRMaj> from = vae.parameters().matrices().iterator();
    for (FMatrixRMaj to : single.parameters.matrices()) {
      double[] cells = from.next().data;
      for (int c = 0; c < to.getNumElements(); c++) {
        to.data[c] = (float) cells[c];
      }
    }
    return single;
  }

  /** Gives another of the same architecture these parameters, to the last bit. */
  public void copyTo(Vae vae) {
    Iterator<DMatrixRMaj> to = vae.parameters().matrices().iterator();
    for (FMatrixRMaj from : parameters.matrices()) {
      double[] cells = to.next().data;
      for (int c = 0; c < from.getNumElements(); c++) {
        cells[c] = from.data[c];
      }
    }
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

  /** K. */
  public int latents() {
    return architecture.latents();
  }

  /** Whether every parameter is finite. */
  public boolean finite() {
    return parameters.finite();
  }
}
