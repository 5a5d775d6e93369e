package dev.elbow.trainer;

import dev.elbow.score.Squash;
import dev.elbow.score.WeightedMixture;
import dev.elbow.trainer.data.ModelRows;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Where the mean score of some rows comes from, in nats per row.
 *
 * @param networks the autoencoders' own mean score
 * @param jacobian what of it is the squash's: the networks see squashed values, the score is one of
 *     standardised values; 0 for windows
 * @param mixture the mixture's own mean score, if there is one
 */
record ScoreParts(double networks, double jacobian, OptionalDouble mixture) {

  /** All of it is the networks'. */
  static ScoreParts ofWindows(double score) {
    return new ScoreParts(score, 0, OptionalDouble.empty());
  }

  /**
   * Takes the mixture's share out of the score of single rows.
   *
   * @param score the rows' mean score
   * @param rows scored
   */
  static ScoreParts ofRows(
      double score, ModelRows rows, Squash squash, Optional<WeightedMixture> mixture) {
    double jacobian = jacobian(rows, squash);
    if (mixture.isEmpty()) {
      return new ScoreParts(score, jacobian, OptionalDouble.empty());
    }
    double weight = mixture.get().weight();
    double own = mixture.get().mixture().score(rows.x(), rows.mask()).mean();
    double networks = (score - weight * own) / (1 - weight);
    return new ScoreParts(networks, jacobian, OptionalDouble.of(own));
  }

  private static double jacobian(ModelRows rows, Squash squash) {
    double sum = 0;
    for (int i = 0; i < rows.x().count(); i++) {
      for (int d = 0; d < rows.x().columns(); d++) {
        sum += rows.mask().observed(i, d) ? squash.logSlopeOfInverse(rows.x().get(i, d)) : 0;
      }
    }
    return sum / rows.x().count();
  }

  /** The negative ELBO of what the networks see, which compares with other densities of it. */
  double ofModelRows() {
    return networks - jacobian;
  }

  /** By the names of the lineage. */
  SortedMap<String, Double> metrics() {
    SortedMap<String, Double> metrics = new TreeMap<>();
    metrics.put("heldOut.networks", networks);
    mixture.ifPresent(own -> metrics.put("heldOut.mixture", own));
    return metrics;
  }
}
