package dev.elbow.trainer.fit;

import dev.elbow.trainer.vae.Parameters;
import java.util.List;
import org.ejml.data.DMatrixRMaj;

/**
 * Adam: gradient descent whose step per parameter is scaled by running moments of its gradient.
 *
 * <p>Equation (30) of {@code docs/math.md}; Kingma and Ba 2015 (arXiv 1412.6980), algorithm 1, with
 * bias correction. One instance holds the moments of one set of parameters, so that θ and φ each
 * have their own.
 */
final class Adam {

  /** Decay of the mean of the gradient, as in the paper. */
  private static final double BETA_1 = 0.9;

  /** Decay of its square: 0.99 forgets within 100 steps, which suits fits of 400 to 3000. */
  private static final double BETA_2 = 0.99;

  /** Keeps a parameter without gradient in place, as in the paper. */
  private static final double EPSILON = 1e-8;

  private final List<DMatrixRMaj> parameters;
  private final List<DMatrixRMaj> firstMoments;
  private final List<DMatrixRMaj> secondMoments;
  private int t;

  /**
   * @param parameters what {@link #step} moves; the matrices themselves are written to
   */
  Adam(Parameters parameters) {
    this.parameters = List.copyOf(parameters.matrices());
    this.firstMoments = zerosLike(this.parameters);
    this.secondMoments = zerosLike(this.parameters);
  }

  /**
   * One step downhill.
   *
   * @param gradient in the order and shapes of the parameters; not modified
   * @param learningRate α, positive
   */
  void step(Parameters gradient, double learningRate) {
    t++;
    // What is the same for all parameters is divided once.
    double step = learningRate / (1 - Math.pow(BETA_1, t));
    double correction2 = 1 / (1 - Math.pow(BETA_2, t));
    int index = 0;
    for (DMatrixRMaj of : gradient.matrices()) {
      move(
          parameters.get(index).data,
          of.data,
          firstMoments.get(index).data,
          secondMoments.get(index).data,
          step,
          correction2);
      index++;
    }
  }

  private static void move(
      double[] w, double[] g, double[] m, double[] v, double step, double correction2) {
    for (int c = 0; c < w.length; c++) {
      // (30)  m ← β₁ m + (1 − β₁) g,   v ← β₂ v + (1 − β₂) g²
      //       w ← w − α m̂ / (√v̂ + ε),   m̂ = m / (1 − β₁ᵗ),   v̂ = v / (1 − β₂ᵗ)
      double mean = BETA_1 * m[c] + (1 - BETA_1) * g[c];
      double square = BETA_2 * v[c] + (1 - BETA_2) * g[c] * g[c];
      m[c] = mean;
      v[c] = square;
      w[c] -= step * mean / (Math.sqrt(square * correction2) + EPSILON);
    }
  }

  private static List<DMatrixRMaj> zerosLike(List<DMatrixRMaj> matrices) {
    return matrices.stream()
        .map(matrix -> new DMatrixRMaj(matrix.numRows, matrix.numCols))
        .toList();
  }
}
