package dev.elbow.score;

/**
 * An exemplar mixture and its say in the score.
 *
 * @param weight π, in (0, 1); the autoencoders have the rest
 * @param mixture over single rows
 */
public record WeightedMixture(double weight, ExemplarMixture mixture) {

  /**
   * @throws IllegalArgumentException if the weight is outside its range
   */
  public WeightedMixture {
    if (!(weight > 0 && weight < 1)) {
      throw new IllegalArgumentException(
          "weight of the mixture: expected a number between 0 and 1, found " + weight);
    }
  }
}
