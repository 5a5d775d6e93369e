package dev.elbow.trainer.health;

import dev.elbow.score.DiagonalGaussian;
import dev.elbow.score.Rows;
import dev.elbow.score.StandardNormal;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What one latent says of the rows.
 *
 * <p>A latent whose posterior hardly depends on the row is inactive: it has collapsed onto the
 * prior. Source: Burda, Grosse and Salakhutdinov 2016 (arXiv 1509.00519), section 5.2 and its
 * figure, for measure and limit; Bowman et al. 2016 (arXiv 1511.06349) for the collapse.
 *
 * @param kl mean over the rows of KL(q(z_k|x) ‖ N(0, 1)), in nats
 * @param activity variance over the rows of μ_k(x), in variances of the prior
 */
public record LatentHealth(double kl, double activity) {

  /** A latent of less activity is inactive; the histogram of activities is empty around it. */
  public static final double LEAST_ACTIVITY = 0.01;

  /**
   * Of every latent, in order.
   *
   * @param q the posteriors of at least one row, N×K
   * @throws IllegalArgumentException if there is no row
   */
  public static List<LatentHealth> of(DiagonalGaussian q) {
    if (q.mean().count() == 0) {
      throw new IllegalArgumentException("latents: expected the posterior of a row, found none");
    }
    Rows kl = new StandardNormal().kl(q).perLatent().orElseThrow();
    return IntStream.range(0, kl.columns())
        .mapToObj(k -> new LatentHealth(mean(kl, k), variance(q.mean(), k)))
        .toList();
  }

  private static double mean(Rows rows, int k) {
    return IntStream.range(0, rows.count()).mapToDouble(i -> rows.get(i, k)).sum() / rows.count();
  }

  private static double variance(Rows rows, int k) {
    double mean = mean(rows, k);
    double squares =
        IntStream.range(0, rows.count())
            .mapToDouble(i -> (rows.get(i, k) - mean) * (rows.get(i, k) - mean))
            .sum();
    return squares / rows.count();
  }

  /** Whether the latent says something of the row. */
  public boolean active() {
    return activity > LEAST_ACTIVITY;
  }
}
