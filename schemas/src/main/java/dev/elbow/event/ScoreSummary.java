package dev.elbow.event;

/**
 * The figures of one scored observation. All nats are finite; a row without a finite score has no
 * summary, it is rejected as unscorable.
 *
 * @param score the negative ELBO, in nats, reconstruction + kl up to rounding; higher is stranger
 * @param smoothed the exponentially weighted mean of the entity's scores, in nats; a model that
 *     judges every row by itself does not smooth, and it equals the score
 * @param threshold above it this row is an alarm, in nats: on the smoothed score for series, on the
 *     score itself otherwise
 * @param reconstruction the sum of the sensors' contributions, in nats
 * @param kl the divergence of the posterior from the prior, in nats
 * @param tailProbability share of normal observations with a score at least as high, in (0, 1]
 * @param observed how many of the model's sensors were observed, 0 to features
 * @param features how many sensors the model has
 */
public record ScoreSummary(
    double score,
    double smoothed,
    double threshold,
    double reconstruction,
    double kl,
    double tailProbability,
    int observed,
    int features) {

  /**
   * @throws IllegalArgumentException if a number is not finite or out of its range
   */
  public ScoreSummary {
    Finite.require("score", score);
    Finite.require("smoothed", smoothed);
    Finite.require("threshold", threshold);
    Finite.require("reconstruction", reconstruction);
    Finite.require("kl", kl);
    if (!(tailProbability > 0 && tailProbability <= 1)) {
      throw new IllegalArgumentException(
          "tailProbability: expected a number in (0, 1], found " + tailProbability);
    }
    if (observed < 0 || observed > features) {
      throw new IllegalArgumentException(
          "observed: expected 0 to %d, found %d".formatted(features, observed));
    }
  }
}
