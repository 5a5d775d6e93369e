package dev.elbow.trainer.fit;

/**
 * When a fit ends before its rounds do, and which round's parameters it keeps: those under which
 * the held-out rows had the lowest loss. The loss of one round is noisy, so rounds are compared by
 * the mean over the last few evaluations.
 *
 * <p>Equation (68) of {@code docs/math.md}; Prechelt 1998, "Early Stopping – But When?".
 *
 * @param every rounds between two evaluations, at least 1
 * @param average evaluations that the mean is taken over, at least 1
 * @param patience evaluations without a lower mean after which the fit ends, at least 1
 * @param refit whether the networks are then fitted again to all rows, those held out too, for as
 *     many rounds as were kept
 */
public record EarlyStopping(int every, int average, int patience, boolean refit) {

  /** Every 20 rounds, means of 3, patience for 600 rounds, no second fit. */
  public static final EarlyStopping DEFAULT = new EarlyStopping(20, 3, 30, false);

  /**
   * @throws IllegalArgumentException if a number is below 1
   */
  public EarlyStopping {
    require(every, "rounds between evaluations");
    require(average, "averaged evaluations");
    require(patience, "patience");
  }

  /** The same with or without a second fit. */
  public EarlyStopping withRefit(boolean other) {
    return new EarlyStopping(every, average, patience, other);
  }

  private static void require(int number, String name) {
    if (number < 1) {
      throw new IllegalArgumentException(
          "early stopping, %s: expected at least 1, found %d".formatted(name, number));
    }
  }
}
