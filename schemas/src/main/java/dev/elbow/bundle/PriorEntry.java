package dev.elbow.bundle;

import dev.elbow.score.ExemplarPrior;
import dev.elbow.score.Prior;
import dev.elbow.score.StandardNormal;
import java.util.Arrays;
import java.util.List;

/** What {@code manifest.json} says of the prior p(z) in the score's KL term. */
public sealed interface PriorEntry {

  /** N(0, I). */
  record Standard() implements PriorEntry {}

  /**
   * A mixture of Gaussians around exemplars, which are in a file of their own.
   *
   * @param exemplars how many, M, at least 1
   * @param variances v_k of each latent, K of them, positive
   */
  record Exemplar(int exemplars, List<Double> variances) implements PriorEntry {

    /**
     * @throws IllegalArgumentException if there is no exemplar or a variance is not positive
     */
    public Exemplar {
      variances = List.copyOf(variances);
      Rule.check(exemplars >= 1, "exemplars: expected at least 1, found " + exemplars);
      Rule.finite("variances", variances);
      Rule.check(
          variances.stream().allMatch(v -> v > 0),
          "variances: expected positive numbers, found " + variances);
    }
  }

  /** The entry of a prior. */
  static PriorEntry of(Prior prior) {
    if (prior instanceof ExemplarPrior exemplar) {
      return new Exemplar(exemplar.count(), Arrays.stream(exemplar.variances()).boxed().toList());
    }
    assert prior instanceof StandardNormal;
    return new Standard();
  }
}
