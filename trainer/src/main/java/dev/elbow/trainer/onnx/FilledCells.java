package dev.elbow.trainer.onnx;

import dev.elbow.score.DiagonalGaussian;
import dev.elbow.score.Imputation;
import dev.elbow.score.Mask;
import dev.elbow.score.Rows;
import dev.elbow.score.VariationalModel;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * How far the cells that {@link Imputation} fills may be off when the networks are off by a little.
 *
 * <p>Filling sends a row through both networks several times, and what one pass is off by the next
 * one may enlarge, more or less by the row and by the networks. No bound known beforehand is worth
 * having, so it is measured: the outputs of every pass are moved by what they may be off, up or
 * down at random, and the cells compared with the undisturbed ones.
 */
final class FilledCells {

  /** How often it is measured. */
  private static final int TRIALS = 4;

  /** What was met in so few trials may be exceeded. */
  private static final double MARGIN = 4;

  private FilledCells() {}

  /**
   * Measures.
   *
   * @param x N×D, not modified
   * @param mask N×D
   * @param delta how far an output may be off, per unit of 1 + |output|
   * @return the largest error of any filled cell, row by row; 0 where nothing is missing
   */
  static double[] errors(VariationalModel model, Rows x, Mask mask, double delta) {
    double[] largest = new double[x.count()];
    Rows filled = Imputation.fill(model, x, mask);
    for (int trial = 0; trial < TRIALS; trial++) {
      var disturbed = new Disturbed(model, delta, new SplittableRandom(trial));
      Rows other = Imputation.fill(disturbed, x, mask);
      for (int i = 0; i < largest.length; i++) {
        for (int d = 0; d < x.columns(); d++) {
          double error = Math.abs(other.get(i, d) - filled.get(i, d));
          largest[i] = Math.max(largest[i], MARGIN * error);
        }
      }
    }
    return largest;
  }

  /** A model whose means are off by δ (1 + |mean|), up or down. */
  private record Disturbed(VariationalModel model, double delta, RandomGenerator random)
      implements VariationalModel {

    @Override
    public int features() {
      return model.features();
    }

    @Override
    public int latents() {
      return model.latents();
    }

    @Override
    public DiagonalGaussian encode(Rows x) {
      return disturb(model.encode(x));
    }

    @Override
    public DiagonalGaussian decode(Rows z) {
      return disturb(model.decode(z));
    }

    private DiagonalGaussian disturb(DiagonalGaussian exact) {
      double[] mean = exact.mean().values().clone();
      for (int c = 0; c < mean.length; c++) {
        double error = delta * (1 + Math.abs(mean[c]));
        mean[c] += random.nextBoolean() ? error : -error;
      }
      return new DiagonalGaussian(
          Rows.of(exact.mean().count(), exact.mean().columns(), mean), exact.logVar());
    }
  }
}
