package dev.elbow.score;

import java.util.random.RandomGenerator;

/**
 * The fixed draws ε_1..ε_S of the Monte Carlo estimate, S×K.
 *
 * <p>They are numbers in the bundle, not a random stream: the score is a pure function of bundle
 * and observation. One fresh draw per record would flip about one verdict in seventeen near a
 * threshold.
 *
 * @param eps S×K, S at least 1; standard normal draws, or one row of zeros for z = μ
 */
public record Draws(Rows eps) {

  /**
   * @throws IllegalArgumentException if there is no draw
   */
  public Draws {
    if (eps.count() < 1) {
      throw new IllegalArgumentException("draws: expected at least one, found none");
    }
  }

  /** The single draw ε = 0: the expectation is replaced by its value at the posterior's mean. */
  public static Draws atTheMean(int latents) {
    return new Draws(Rows.zeros(1, latents));
  }

  /**
   * Antithetic standard normal draws: each pair is (ε, −ε), so that the estimate is exact for any
   * function linear in z. An odd count ends with ε = 0.
   *
   * @param count S, at least 1
   * @param latents K
   * @param random where the numbers come from
   */
  public static Draws antithetic(int count, int latents, RandomGenerator random) {
    Rows eps = Rows.zeros(count, latents);
    for (int s = 0; s + 1 < count; s += 2) {
      for (int k = 0; k < latents; k++) {
        double e = random.nextGaussian();
        eps.set(s, k, e);
        eps.set(s + 1, k, -e);
      }
    }
    return new Draws(eps);
  }

  /** Number of draws, S. */
  public int count() {
    return eps.count();
  }

  /** Width K of each draw. */
  public int latents() {
    return eps.columns();
  }
}
