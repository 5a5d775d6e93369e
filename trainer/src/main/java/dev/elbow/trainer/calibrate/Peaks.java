package dev.elbow.trainer.calibrate;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * The highest held-out scores, the level they lie above, and whether a tail can be fitted to them.
 *
 * <p>How many there are is a trade: more say more about the tail, but lie less far out in it. A
 * fifth of the scores, at most 3√n, is what Vehtari et al. found to serve for tails of unknown
 * kind.
 *
 * <p>Source: Vehtari, Simpson, Gelman, Yao and Gabry 2024, "Pareto smoothed importance sampling",
 * Journal of Machine Learning Research 25(72), section 3.2.
 */
final class Peaks {

  /** Independent peaks below which shape and scale are a guess. */
  static final int FEWEST = 20;

  /** Ties beyond this are no tail but a few values. */
  private static final int FEWEST_DISTINCT = 10;

  private static final double GREATEST_SHARE = 0.2;
  private static final double PER_ROOT_OF_COUNT = 3;

  /** Of more than half the scores it cannot be said that they are the high ones. */
  private static final double NO_TAIL = 0.5;

  private final double level;
  private final double[] excesses;
  private final int of;
  private final double worth;

  private Peaks(double level, double[] excesses, int of, double worth) {
    this.level = level;
    this.excesses = excesses;
    this.of = of;
    this.worth = worth;
  }

  /**
   * The peaks of a sample: the level is the highest score that leaves as many above it as are
   * wanted; where many are equal there are more than that.
   */
  static Peaks of(CalibrationSample sample) {
    double[] ascending = sample.scores().ascending();
    int n = ascending.length;
    int wanted = (int) Math.min(GREATEST_SHARE * n, Math.ceil(PER_ROOT_OF_COUNT * Math.sqrt(n)));
    int at = n - wanted - 1;
    while (at > 0 && wanted > 0 && ascending[at] == ascending[n - wanted]) {
      at--;
    }
    double level = ascending[at];
    double[] excesses =
        Arrays.stream(ascending).filter(s -> s > level).map(s -> s - level).toArray();
    return new Peaks(level, excesses, n, sample.worthAbove(level));
  }

  /** t, the level, in nats. */
  double level() {
    return level;
  }

  /** y, what each peak exceeds the level by, ascending and positive; shared. */
  double[] excesses() {
    return excesses;
  }

  /** N, how many there are. */
  int count() {
    return excesses.length;
  }

  /** θ, what each is worth of an independent one, in (0, 1]. */
  double worth() {
    return worth;
  }

  /** How many independent ones they are worth. */
  double independent() {
    return worth * excesses.length;
  }

  /**
   * ζ, the probability that a new score lies above the level: conformal, so that the tail joins the
   * {@linkplain dev.elbow.bundle.HeldOutScores#tailProbability shares} below it.
   */
  double share() {
    return (excesses.length + 1.0) / (of + 1.0);
  }

  /** Why no tail can be fitted for a rate, with what was found; empty if one can. */
  Optional<String> refusal(double falseAlarmRate) {
    if (independent() < FEWEST) {
      return Optional.of(
          "a Pareto tail needs at least %d independent peaks, and %d held-out scores have %s"
              .formatted(FEWEST, of, countsAsText()));
    }
    long distinct = Arrays.stream(excesses).distinct().count();
    if (distinct < FEWEST_DISTINCT || excesses.length > NO_TAIL * of) {
      return Optional.of(
          "the highest of %d held-out scores are no tail: %d of them have %d values"
              .formatted(of, excesses.length, distinct));
    }
    if (falseAlarmRate >= share()) {
      return Optional.of(
          "a false-alarm rate of %s is no tail: the highest %d of %d held-out scores are"
              .formatted(falseAlarmRate, excesses.length, of));
    }
    return Optional.empty();
  }

  private String countsAsText() {
    return worth < 1
        ? String.format(
            Locale.ROOT, "%d that come in runs, worth %.1f", excesses.length, independent())
        : String.valueOf(excesses.length);
  }
}
