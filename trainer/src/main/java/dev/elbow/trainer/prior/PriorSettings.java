package dev.elbow.trainer.prior;

import java.util.List;

/** Which prior the score shall have. Training always uses N(0, I). */
public sealed interface PriorSettings {

  /** N(0, I) in the score as in the training. */
  record Standard() implements PriorSettings {}

  /**
   * Exemplars, put in after the training.
   *
   * @param count how many exemplars at most, M; a fit of no more rows takes every row, a larger one
   *     the centres of M clusters
   * @param bandwidth how wide each of them is
   */
  record Exemplars(int count, Bandwidth bandwidth) implements PriorSettings {

    /** As centres of clusters they do as well as a thousand rows drawn at random. */
    public static final int COUNT = 250;

    /** Keeps the exemplars of 1,024 latents below the 64 MiB that a bundle's file may have. */
    private static final int MOST = 8000;

    /**
     * @throws IllegalArgumentException if the count is not 1 to 8000
     */
    public Exemplars {
      require(count >= 1 && count <= MOST, "exemplars: expected 1 to " + MOST, count);
    }
  }

  /** How wide an exemplar is, as a multiple h of the posterior's usual width: v_k = h² s_k². */
  sealed interface Bandwidth {}

  /**
   * A given one.
   *
   * @param factor h, positive; below 1 normal rows stand out more clearly from what lies between
   *     them
   */
  record Factor(double factor) implements Bandwidth {

    /** Best on tables that took no part in choosing it. */
    public static final Factor DEFAULT = new Factor(0.7);

    /**
     * @throws IllegalArgumentException if the factor is not a positive number
     */
    public Factor {
      requireFactor(factor);
    }
  }

  /**
   * The one under which the held-out rows have the lowest mean score.
   *
   * @param factors those to try, at least one, each positive
   */
  record ByHeldOutScore(List<Double> factors) implements Bandwidth {

    /** Steps of √2 around 0.7. */
    public static final ByHeldOutScore DEFAULT =
        new ByHeldOutScore(List.of(0.35, 0.5, 0.7, 1.0, 1.4));

    /**
     * @throws IllegalArgumentException if there is none or one is not a positive number
     */
    public ByHeldOutScore {
      factors = List.copyOf(factors);
      require(!factors.isEmpty(), "exemplar bandwidths: expected at least one", factors);
      factors.forEach(PriorSettings::requireFactor);
    }
  }

  private static void requireFactor(double factor) {
    require(
        factor > 0 && Double.isFinite(factor),
        "exemplar bandwidth: expected a positive number",
        factor);
  }

  private static void require(boolean holds, String rule, Object found) {
    if (!holds) {
      throw new IllegalArgumentException(rule + ", found " + found);
    }
  }
}
