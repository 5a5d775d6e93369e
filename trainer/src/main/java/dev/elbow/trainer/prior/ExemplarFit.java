package dev.elbow.trainer.prior;

import dev.elbow.score.DiagonalGaussian;
import dev.elbow.score.ExemplarPrior;
import dev.elbow.score.Kl;
import dev.elbow.score.Rows;
import dev.elbow.score.VariationalModel;
import dev.elbow.trainer.prior.PriorSettings.ByHeldOutScore;
import dev.elbow.trainer.prior.PriorSettings.Factor;
import java.util.Arrays;
import java.util.Comparator;
import java.util.random.RandomGenerator;

/**
 * Finds the exemplar prior of a trained autoencoder: the centres of the posterior means of the
 * fit's rows, with one width for all.
 *
 * <p>Equation (48) of {@code docs/math.md}. The rows of the fit are their own exemplars and score
 * far too well by it: a threshold must come from rows that were held out.
 */
public final class ExemplarFit {

  /** Encoded at once: all rows of a large fit would not fit into memory with their activations. */
  private static final int ENCODED_ROWS = 4096;

  /** More than these are not clustered, but drawn from: the clusters would be the same ones. */
  private static final int CLUSTERED_ROWS = 20_000;

  private final ExemplarClusters clusters;
  private final double[] posteriorVariances;

  private ExemplarFit(ExemplarClusters clusters, double[] posteriorVariances) {
    this.clusters = clusters;
    this.posteriorVariances = posteriorVariances;
  }

  /**
   * What was found.
   *
   * @param prior the exemplars with their variances
   * @param bandwidth h, the factor between their width and the posteriors' usual one
   */
  public record Fitted(ExemplarPrior prior, double bandwidth) {}

  /**
   * Encodes the rows of the fit and finds exemplars that stand for them.
   *
   * @param model trained; its encoder is used
   * @param fit N×D, model rows of the fit; not modified
   * @param heldOut model rows that took no part in it; not modified
   * @param random where the clusters start
   */
  public static Fitted fit(
      VariationalModel model,
      Rows fit,
      Rows heldOut,
      PriorSettings.Exemplars settings,
      RandomGenerator random) {
    int[] chosen = ExemplarSelection.choose(fit.count(), CLUSTERED_ROWS, random);
    Rows means = Rows.zeros(chosen.length, model.latents());
    double[] variances = new double[model.latents()];
    int next = 0;
    for (int from = 0; from < fit.count(); from += ENCODED_ROWS) {
      int to = Math.min(fit.count(), from + ENCODED_ROWS);
      DiagonalGaussian q = model.encode(block(fit, from, to));
      addMeanVariances(q.logVar(), fit.count(), variances);
      for (; next < chosen.length && chosen[next] < to; next++) {
        for (int k = 0; k < model.latents(); k++) {
          means.set(next, k, q.mean().get(chosen[next] - from, k));
        }
      }
    }
    double[] widths = Arrays.stream(variances).map(Math::sqrt).toArray();
    ExemplarFit found =
        new ExemplarFit(ExemplarClusters.of(means, widths, settings.count(), random), variances);
    double bandwidth =
        settings.bandwidth() instanceof ByHeldOutScore choice
            ? found.best(choice, model.encode(heldOut))
            : ((Factor) settings.bandwidth()).factor();
    return new Fitted(found.prior(bandwidth), bandwidth);
  }

  private static Rows block(Rows rows, int from, int to) {
    int columns = rows.columns();
    return Rows.of(
        to - from, columns, Arrays.copyOfRange(rows.values(), from * columns, to * columns));
  }

  private static void addMeanVariances(Rows logVar, int count, double[] variances) {
    for (int i = 0; i < logVar.count(); i++) {
      for (int k = 0; k < variances.length; k++) {
        // (48)  s_k² = 1/N Σ_i exp(S_ik)
        variances[k] += Math.exp(logVar.get(i, k)) / count;
      }
    }
  }

  /** The reconstruction does not depend on the prior: the lowest mean KL is the lowest score. */
  private double best(ByHeldOutScore choice, DiagonalGaussian heldOut) {
    return choice.factors().stream()
        .min(Comparator.comparingDouble(factor -> meanKl(prior(factor).kl(heldOut))))
        .orElseThrow();
  }

  private static double meanKl(Kl kl) {
    return Arrays.stream(kl.total().values()).average().orElseThrow();
  }

  private ExemplarPrior prior(double bandwidth) {
    double[] variances = new double[posteriorVariances.length];
    for (int k = 0; k < variances.length; k++) {
      // (48)  v_k = h² s_k² + c_k²
      variances[k] = bandwidth * bandwidth * posteriorVariances[k] + clusters.variances().get(k);
    }
    return new ExemplarPrior(
        clusters.centers(),
        clusters.weights().stream().mapToDouble(Double::doubleValue).toArray(),
        variances);
  }
}
