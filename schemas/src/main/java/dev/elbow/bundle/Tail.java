package dev.elbow.bundle;

/** How probable scores beyond the usual are among normal observations. */
public sealed interface Tail {

  /**
   * A probability too small for a number is given as this: no score of a normal observation is
   * impossible.
   */
  double LEAST_PROBABILITY = Double.MIN_NORMAL;

  /**
   * The share of normal observations with a score at least as high.
   *
   * @param score in nats; NaN gives NaN
   * @param heldOut the scores the tail was found from
   * @return in (0, 1], not rising with the score
   */
  double probability(double score, HeldOutScores heldOut);

  /** The held-out scores as they are: nothing is said of what lies beyond the largest. */
  record Empirical() implements Tail {

    @Override
    public double probability(double score, HeldOutScores heldOut) {
      return heldOut.tailProbability(score);
    }
  }

  /**
   * A generalised Pareto tail beyond a high score, the held-out scores as they are below it.
   *
   * <p>Equation (57) of {@code docs/math.md}. Source: Pickands 1975, "Statistical inference using
   * extreme order statistics", Annals of Statistics 3(1): beyond a high enough level every usual
   * distribution has such a tail.
   *
   * @param from t, the level beyond which the tail holds, in nats
   * @param share ζ, the share of normal observations beyond it, in (0, 1)
   * @param scale σ, in nats, positive
   * @param shape ξ; 0 is an exponential tail, more is heavier, less ends somewhere
   * @param peaks how many held-out scores lay beyond the level
   */
  record GeneralizedPareto(double from, double share, double scale, double shape, long peaks)
      implements Tail {

    /** A shape nearer to 0 than this is computed as 0: the two differ by less than rounding. */
    private static final double EXPONENTIAL = 1e-9;

    /**
     * @throws IllegalArgumentException if a number is out of its range
     */
    public GeneralizedPareto {
      Rule.finite("from", from);
      Rule.check(share > 0 && share < 1, "share: expected a number in (0, 1), found " + share);
      Rule.check(
          scale > 0 && Double.isFinite(scale), "scale: expected a positive number, found " + scale);
      Rule.finite("shape", shape);
      Rule.check(peaks >= 1, "peaks: expected at least 1, found " + peaks);
    }

    @Override
    public double probability(double score, HeldOutScores heldOut) {
      return score > from ? beyond(score) : heldOut.tailProbability(score);
    }

    private double beyond(double score) {
      double z = (score - from) / scale;
      // (57) p = ζ (1 + ξ (s − t)/σ)^(−1/ξ)
      double log = Math.abs(shape) < EXPONENTIAL ? -z : -logOfBase(z) / shape;
      return Math.max(LEAST_PROBABILITY, share * Math.exp(log));
    }

    /** ln(1 + ξz); −∞ where the tail has ended. */
    private double logOfBase(double z) {
      return shape * z > -1 ? Math.log1p(shape * z) : Double.NEGATIVE_INFINITY;
    }

    /**
     * The score that normal observations exceed with a given probability.
     *
     * @param probability in (0, {@link #share}]
     * @return in nats, at least {@link #from}
     */
    public double score(double probability) {
      double log = Math.log(share / probability);
      double z = Math.abs(shape) < EXPONENTIAL ? log : Math.expm1(shape * log) / shape;
      return from + scale * z;
    }
  }
}
