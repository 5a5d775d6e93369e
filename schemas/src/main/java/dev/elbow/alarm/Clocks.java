package dev.elbow.alarm;

/**
 * The settings of {@link TwoClocks}.
 *
 * @param fastRows N, over about how many rows the level and the scatter are averaged, at least 2
 * @param slowRows over about how many rows the anchor follows the level; 0: it stands still
 * @param shiftSpread λ, how many spreads above the anchor the level is a SHIFT, positive
 */
public record Clocks(int fastRows, int slowRows, double shiftSpread) {

  /**
   * A hundred rows are enough to average over and few beside most drifts. Three median absolute
   * deviations are two standard deviations of a Gaussian.
   */
  public static final Clocks DEFAULT = new Clocks(100, 0, 3);

  /**
   * @throws IllegalArgumentException if a number is out of its range
   */
  public Clocks {
    Rule.check(fastRows >= 2, "fast clock: expected at least 2 rows", fastRows);
    Rule.check(slowRows >= 0, "slow clock: expected at least 0 rows", slowRows);
    Rule.check(
        shiftSpread > 0 && Double.isFinite(shiftSpread),
        "shift spread: expected a positive number",
        shiftSpread);
  }
}
