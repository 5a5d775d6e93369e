package dev.elbow.bundle;

import dev.elbow.score.SensorMap;
import dev.elbow.score.WeightedMixture;
import java.util.List;
import java.util.Optional;

/** What {@code manifest.json} says of the exemplar mixture beside the autoencoders. */
public sealed interface MixtureEntry {

  /** There is none. */
  record None() implements MixtureEntry {}

  /**
   * There is one; its numbers are in a file of their own.
   *
   * @param weight π, its say in the score, in (0, 1)
   * @param exemplars how many, M, at least 1
   * @param knots how many the map of each sensor has, D numbers, each at least 2
   */
  record Exemplars(double weight, int exemplars, List<Integer> knots) implements MixtureEntry {

    /**
     * @throws IllegalArgumentException if a number is outside its range
     */
    public Exemplars {
      knots = List.copyOf(knots);
      Rule.check(
          weight > 0 && weight < 1, "weight: expected a number between 0 and 1, found " + weight);
      Rule.check(exemplars >= 1, "exemplars: expected at least 1, found " + exemplars);
      Rule.check(
          knots.stream().allMatch(count -> count >= 2),
          "knots: expected at least 2 for each sensor, found " + knots);
    }
  }

  /** The entry of a mixture, or of none. */
  static MixtureEntry of(Optional<WeightedMixture> mixture) {
    return mixture
        .<MixtureEntry>map(
            part ->
                new Exemplars(
                    part.weight(),
                    part.mixture().count(),
                    part.mixture().maps().maps().stream().map(MixtureEntry::knots).toList()))
        .orElseGet(None::new);
  }

  private static int knots(SensorMap map) {
    return map.knots().length;
  }
}
