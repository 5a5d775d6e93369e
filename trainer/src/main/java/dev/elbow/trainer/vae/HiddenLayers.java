package dev.elbow.trainer.vae;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.ejml.data.DMatrixRMaj;

/**
 * The hidden layers of a network, h_0 = input, a_l = h_{l−1} W_l + b_l, h_l = f(a_l).
 *
 * <p>Each step is an {@link Affine} and a {@link Nonlinearity}, equations (19) to (23) of {@code
 * docs/math.md}. Without any layer the output is the input, and a network of nothing but its heads
 * is linear.
 */
public final class HiddenLayers {

  private final int in;
  private final List<Affine> layers;
  private final Activation activation;

  private HiddenLayers(int in, List<Affine> layers, Activation activation) {
    this.in = in;
    this.layers = List.copyOf(layers);
    this.activation = activation;
  }

  static HiddenLayers zeros(int in, List<Integer> widths, Activation activation) {
    List<Affine> layers = new ArrayList<>();
    int width = in;
    for (int next : widths) {
      layers.add(Affine.zeros(width, next));
      width = next;
    }
    return new HiddenLayers(in, layers, activation);
  }

  static HiddenLayers random(
      int in, List<Integer> widths, Activation activation, RandomGenerator random) {
    List<Affine> layers = new ArrayList<>();
    int width = in;
    for (int next : widths) {
      layers.add(Affine.random(width, next, random));
      width = next;
    }
    return new HiddenLayers(in, layers, activation);
  }

  /** The affine maps, from the input on; may be none. */
  public List<Affine> layers() {
    return layers;
  }

  /** What follows each affine map. */
  public Activation activation() {
    return activation;
  }

  /** Width of the last layer; of the input where there is none. */
  int out() {
    return layers.isEmpty() ? in : layers.get(layers.size() - 1).out();
  }

  /** Adds the layers under {@code prefix} and their number, from 1 on. */
  void name(String prefix, Map<String, Affine> named) {
    for (int l = 0; l < layers.size(); l++) {
      named.put(prefix + (l + 1), layers.get(l));
    }
  }

  /**
   * Forward.
   *
   * @param x N×in; not modified, and the output itself where there is no layer
   * @param pass keeps every h_l and f′(a_l) for the way back
   */
  void forward(DMatrixRMaj x, Pass pass) {
    DMatrixRMaj input = x;
    for (int l = 0; l < layers.size(); l++) {
      layers.get(l).forward(input, pass.a.get(l));
      Nonlinearity.forward(activation, pass.a.get(l), pass.h.get(l));
      input = pass.h.get(l);
    }
    pass.output = input;
  }

  /**
   * Backward through the layers: from ∂ℒ/∂h of the last one, which the caller has put into {@link
   * Pass#dOutput()}, to ∂ℒ/∂a_l of every layer.
   */
  void backward(Pass pass) {
    for (int l = layers.size() - 1; l >= 0; l--) {
      Nonlinearity.backward(pass.a.get(l), pass.dA.get(l));
      if (l > 0) {
        layers.get(l).backwardToInput(pass.dA.get(l), pass.dA.get(l - 1));
      }
    }
  }

  /**
   * The gradients of the parameters, after {@link #backward}.
   *
   * @param x N×in, the input of the forward pass; not modified
   * @param gradient overwritten
   */
  void gradient(DMatrixRMaj x, Pass pass, HiddenLayers gradient) {
    DMatrixRMaj input = x;
    for (int l = 0; l < layers.size(); l++) {
      layers.get(l).backward(input, pass.dA.get(l), gradient.layers.get(l));
      input = pass.h.get(l);
    }
  }

  /**
   * The gradient of the input, after {@link #backward}.
   *
   * @param dX overwritten with ∂ℒ/∂x, becomes N×in
   */
  void gradientOfInput(Pass pass, DMatrixRMaj dX) {
    if (layers.isEmpty()) {
      dX.setTo(pass.dOutput());
    } else {
      layers.get(0).backwardToInput(pass.dA.get(0), dX);
    }
  }

  /** What one minibatch leaves behind in the layers on its way forward and back; reused. */
  static final class Pass {

    /** a_l, and f′(a_l) once the activation has been there. */
    private final List<DMatrixRMaj> a = new ArrayList<>();

    private final List<DMatrixRMaj> h = new ArrayList<>();
    private final List<DMatrixRMaj> dA = new ArrayList<>();
    private final DMatrixRMaj dOutput;
    private DMatrixRMaj output = new DMatrixRMaj(0, 0);

    Pass(HiddenLayers hidden) {
      for (Affine layer : hidden.layers) {
        a.add(new DMatrixRMaj(0, layer.out()));
        h.add(new DMatrixRMaj(0, layer.out()));
        dA.add(new DMatrixRMaj(0, layer.out()));
      }
      this.dOutput = dA.isEmpty() ? new DMatrixRMaj(0, hidden.in) : dA.get(dA.size() - 1);
    }

    /** The last layer's h of the last forward pass, N×out. */
    DMatrixRMaj output() {
      return output;
    }

    /** Where ∂ℒ/∂h of the last layer goes before the way back, which overwrites it. */
    DMatrixRMaj dOutput() {
      return dOutput;
    }
  }
}
