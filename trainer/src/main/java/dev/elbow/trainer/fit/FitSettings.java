package dev.elbow.trainer.fit;

import dev.elbow.trainer.vae.Architecture;
import java.util.Optional;

/**
 * Everything a fit depends on besides its rows.
 *
 * @param network the shape of the autoencoder
 * @param steps what one round does with its minibatch
 * @param learningRate Adam's α over the rounds
 * @param batchSize rows per minibatch, at least 1; a set with fewer rows is one minibatch
 * @param rounds how many rounds at most; each takes one minibatch
 * @param earlyStopping how the held-out rows decide which round is kept; empty = the last
 * @param precision of the fit's arithmetic; what comes of it is held in double either way
 * @param seed of initial parameters, shuffles and draws
 */
public record FitSettings(
    Architecture network,
    Steps steps,
    LearningRate learningRate,
    int batchSize,
    Rounds rounds,
    Optional<EarlyStopping> earlyStopping,
    Precision precision,
    long seed) {

  /** The arithmetic of a fit. */
  public enum Precision {
    /** As the networks run later; twice as fast. */
    SINGLE,
    /** As the mathematics is checked. */
    DOUBLE
  }

  /** Which parameters a step moves. */
  public enum Mode {
    /** (A) θ-steps with φ held, then (B) φ-steps with θ held. */
    ALTERNATING,
    /** θ and φ in one step, from one set of draws; for comparison. */
    JOINT
  }

  /**
   * What one round does with its minibatch.
   *
   * @param mode alternating or joint
   * @param theta k_θ, steps of the decoder per round, at least 1; joint mode takes one
   * @param phi k_φ, steps of the encoder per round, at least 1; joint mode takes one
   * @param draws L, Monte Carlo draws per row and step, at least 1, fresh at every step
   */
  public record Steps(Mode mode, int theta, int phi, int draws) {

    /**
     * @throws IllegalArgumentException if a number is below 1
     */
    public Steps {
      require(theta >= 1, "theta steps: expected at least 1", theta);
      require(phi >= 1, "phi steps: expected at least 1", phi);
      require(draws >= 1, "draws: expected at least 1", draws);
    }
  }

  /**
   * A learning rate that falls along half a cosine (Loshchilov and Hutter 2017, arXiv 1608.03983,
   * without restarts).
   *
   * <p>Equation (31) of {@code docs/math.md}.
   *
   * @param initial α in the first round, positive
   * @param finalFraction the fraction of it that the last round ends at, in (0, 1]
   */
  public record LearningRate(double initial, double finalFraction) {

    /**
     * @throws IllegalArgumentException if a number is out of its range
     */
    public LearningRate {
      require(
          initial > 0 && Double.isFinite(initial),
          "learning rate: expected a positive number",
          initial);
      require(
          finalFraction > 0 && finalFraction <= 1,
          "final fraction of the learning rate: expected a number in (0, 1]",
          finalFraction);
    }

    /** α of round {@code t}, counted from 1, of {@code rounds}. */
    public double at(int t, int rounds) {
      // (31)  α_t = α₁ (f + (1 − f) ½ (1 + cos(π (t − 1)/R)))
      double cosine = Math.cos(Math.PI * (t - 1) / rounds);
      return initial * (finalFraction + (1 - finalFraction) * 0.5 * (1 + cosine));
    }
  }

  /**
   * How many rounds: a number of epochs, kept within bounds, so that a small set still gets enough
   * steps to converge and a large one does not take all day.
   *
   * @param epochs how often the fit goes through its rows, at least 1
   * @param atLeast lower bound in minibatches, at least 1
   * @param atMost upper bound in minibatches, not below {@code atLeast}
   */
  public record Rounds(int epochs, int atLeast, int atMost) {

    /**
     * @throws IllegalArgumentException if a number is below 1 or {@code atMost} below {@code
     *     atLeast}
     */
    public Rounds {
      require(epochs >= 1, "epochs: expected at least 1", epochs);
      require(atLeast >= 1, "rounds at least: expected 1 or more", atLeast);
      require(atMost >= atLeast, "rounds at most: expected " + atLeast + " or more", atMost);
    }

    /** Exactly so many, whatever the number of rows. */
    public static Rounds exactly(int rounds) {
      require(rounds >= 1, "rounds: expected at least 1", rounds);
      return new Rounds(1, rounds, rounds);
    }

    /** Rounds for a set of {@code rows} rows in minibatches of {@code batchSize}. */
    public int count(int rows, int batchSize) {
      long wanted = (long) epochs * rows / batchSize;
      return (int) Math.max(atLeast, Math.min(wanted, atMost));
    }
  }

  /**
   * @throws IllegalArgumentException if the batch size is below 1
   */
  public FitSettings {
    require(batchSize >= 1, "batch size: expected at least 1", batchSize);
  }

  /**
   * The measured recipe for {@code features} sensors: one θ-step and one φ-step per minibatch of
   * 64, one draw each, learning rate 3e-3 falling to 5 %, 100 epochs within 400 to 3000 rounds.
   *
   * @throws IllegalArgumentException if {@code features} is below 1
   */
  public static FitSettings defaults(int features) {
    return new FitSettings(
        Architecture.defaults(features),
        new Steps(Mode.ALTERNATING, 1, 1, 1),
        new LearningRate(3e-3, 0.05),
        64,
        new Rounds(100, 400, 3000),
        Optional.empty(),
        Precision.SINGLE,
        1);
  }

  /** The same with another network. */
  public FitSettings withNetwork(Architecture other) {
    return new FitSettings(
        other, steps, learningRate, batchSize, rounds, earlyStopping, precision, seed);
  }

  /** The same with other steps per round. */
  public FitSettings withSteps(Steps other) {
    return new FitSettings(
        network, other, learningRate, batchSize, rounds, earlyStopping, precision, seed);
  }

  /** The same with another learning rate. */
  public FitSettings withLearningRate(LearningRate other) {
    return new FitSettings(
        network, steps, other, batchSize, rounds, earlyStopping, precision, seed);
  }

  /** The same with minibatches of another size. */
  public FitSettings withBatchSize(int other) {
    return new FitSettings(
        network, steps, learningRate, other, rounds, earlyStopping, precision, seed);
  }

  /** The same with another number of rounds. */
  public FitSettings withRounds(Rounds other) {
    return new FitSettings(
        network, steps, learningRate, batchSize, other, earlyStopping, precision, seed);
  }

  /** The same with early stopping, or without. */
  public FitSettings withEarlyStopping(Optional<EarlyStopping> other) {
    return new FitSettings(network, steps, learningRate, batchSize, rounds, other, precision, seed);
  }

  /** The same in another precision. */
  public FitSettings withPrecision(Precision other) {
    return new FitSettings(
        network, steps, learningRate, batchSize, rounds, earlyStopping, other, seed);
  }

  /** The same from another seed. */
  public FitSettings withSeed(long other) {
    return new FitSettings(
        network, steps, learningRate, batchSize, rounds, earlyStopping, precision, other);
  }

  private static void require(boolean holds, String rule, Object found) {
    if (!holds) {
      throw new IllegalArgumentException(rule + ", found " + found);
    }
  }
}
