package dev.elbow.cli;

import dev.elbow.input.InvalidInputException;
import dev.elbow.scoring.ObservedShare;

/** How much of a model's sensors must be observed, as an option. */
final class ObservedShares {

  private ObservedShares() {}

  /**
   * @throws InvalidInputException if it is no share
   */
  static ObservedShare of(String option, double share) {
    try {
      return new ObservedShare(share);
    } catch (IllegalArgumentException e) {
      throw new InvalidInputException(option + ": " + e.getMessage(), e);
    }
  }
}
