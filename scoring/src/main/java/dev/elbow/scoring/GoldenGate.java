package dev.elbow.scoring;

import dev.elbow.bundle.Golden.GoldenObservation;
import dev.elbow.bundle.ModelBundle;
import dev.elbow.input.InvalidInputException;
import dev.elbow.row.FrontEnd;
import dev.elbow.score.Mask;
import dev.elbow.score.Rows;
import java.util.List;

/**
 * Whether a bundle scores on this machine as it did for its trainer. It is what tells a network
 * that loads from one that is right.
 */
final class GoldenGate {

  private GoldenGate() {}

  /**
   * The golden observations as a scorer takes them.
   *
   * @param x N×F
   * @param mask N×F
   */
  record Features(Rows x, Mask mask) {}

  /** The features of the golden observations, each with a window of its own. */
  static Features features(ModelBundle bundle) {
    FrontEnd frontEnd = bundle.frontEnd();
    List<GoldenObservation> golden = bundle.golden().observations();
    Rows x = Rows.zeros(golden.size(), frontEnd.features());
    Mask mask = Mask.all(golden.size(), frontEnd.features());
    for (int i = 0; i < golden.size(); i++) {
      double[] values = golden.get(i).values().stream().mapToDouble(value -> value).toArray();
      frontEnd.windowOf(values).write(x, mask, i);
    }
    return new Features(x, mask);
  }

  /**
   * The largest difference in any score or part of one, in nats.
   *
   * @param rows the golden observations, scored
   * @throws InvalidInputException if it exceeds the bundle's tolerance or is not a number
   */
  static double largestError(ModelBundle bundle, List<ScoredRow> rows) {
    double tolerance = bundle.golden().tolerance();
    double largest = 0;
    for (int i = 0; i < rows.size(); i++) {
      GoldenObservation golden = bundle.golden().observations().get(i);
      double error = error(golden, rows.get(i));
      if (!(error <= tolerance)) {
        throw new InvalidInputException(
            "golden.json: observation %d: expected score %s within %s nats, found %s, largest difference %s;"
                    .formatted(i, golden.score(), tolerance, rows.get(i).score(), error)
                + " the networks are not those of this bundle, or this machine computes them wrongly:"
                + " restore the bundle or train it again");
      }
      largest = Math.max(largest, error);
    }
    return largest;
  }

  /** Math.max keeps a NaN. */
  private static double error(GoldenObservation golden, ScoredRow row) {
    double error = Math.abs(golden.score() - row.score());
    error = Math.max(error, Math.abs(golden.reconstruction() - row.reconstruction()));
    error = Math.max(error, Math.abs(golden.kl() - row.kl()));
    for (int d = 0; d < golden.contributions().size(); d++) {
      error = Math.max(error, Math.abs(golden.contributions().get(d) - row.contribution(d)));
    }
    return error;
  }
}
