package dev.elbow.trainer.mixture;

/**
 * Whether the score of single rows has an exemplar mixture beside the autoencoders.
 *
 * @param weight π, the mixture's say, in [0, 1); 0 for none
 * @param exemplars how many at most, M; a fit of no more rows takes every row, a larger one the
 *     centres of M clusters
 */
public record MixtureSettings(double weight, int exemplars) {

  /** As centres of clusters they do as well as a thousand or two. */
  public static final int EXEMPLARS = 250;

  /** Keeps the exemplars of as many sensors as there may be far below the limit of a file. */
  private static final int MOST_EXEMPLARS = 8000;

  /** With more, finding one covariance for all would take longer than the networks do. */
  public static final int MOST_SENSORS = 256;

  /** The autoencoders alone. */
  public static final MixtureSettings NONE = new MixtureSettings(0, EXEMPLARS);

  /** Equal say for the two kinds of model: neither was chosen over the other. */
  public static final MixtureSettings EQUAL = new MixtureSettings(0.5, EXEMPLARS);

  /**
   * @throws IllegalArgumentException if a number is outside its range
   */
  public MixtureSettings {
    if (!(weight >= 0 && weight < 1)) {
      throw new IllegalArgumentException(
          "mixture: expected a weight from 0 up to, but not, 1, found " + weight);
    }
    if (exemplars < 1 || exemplars > MOST_EXEMPLARS) {
      throw new IllegalArgumentException(
          "exemplars of the mixture: expected 1 to %d, found %d"
              .formatted(MOST_EXEMPLARS, exemplars));
    }
  }

  /** Whether there is a mixture. */
  public boolean isPresent() {
    return weight > 0;
  }
}
