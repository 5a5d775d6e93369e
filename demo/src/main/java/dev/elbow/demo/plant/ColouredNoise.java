package dev.elbow.demo.plant;

import java.util.Random;

/**
 * Noise that remembers: an Ornstein–Uhlenbeck process sampled once a minute, which is
 *
 * <pre>
 *   n_t = ρ n_{t−1} + σ sqrt(1 − ρ²) ε_t,     ρ = exp(−1 / τ)
 * </pre>
 *
 * <p>with mean 0 and standard deviation σ at any time. A τ of minutes is turbulence; a τ of days is
 * slow drift.
 */
final class ColouredNoise {

  private final Random random;
  private final double sigma;
  private final double rho;
  private double value;

  /**
   * @param sigma standard deviation
   * @param minutes τ, the time after which it has forgotten all but 1/e
   */
  ColouredNoise(Random random, double sigma, double minutes) {
    this.random = random;
    this.sigma = sigma;
    this.rho = Math.exp(-1 / minutes);
    this.value = sigma * random.nextGaussian();
  }

  /** The next minute's value. */
  double next() {
    value = rho * value + sigma * Math.sqrt(1 - rho * rho) * random.nextGaussian();
    return value;
  }
}
