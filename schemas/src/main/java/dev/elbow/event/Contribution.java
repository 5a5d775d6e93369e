package dev.elbow.event;

/**
 * What one sensor added to a score, and what was expected of it.
 *
 * @param name the sensor
 * @param actual its value, engineering units, finite
 * @param expected what the model expected, engineering units, finite: its autoencoders, whatever
 *     else has a say in the score
 * @param sigma how far from it is usual: one standard deviation, engineering units, finite, at
 *     least 0
 * @param nats its share of the reconstruction term, in nats, finite; negative where the value was
 *     very well explained
 */
public record Contribution(String name, double actual, double expected, double sigma, double nats) {

  /**
   * @throws IllegalArgumentException if a number is not finite or sigma negative
   */
  public Contribution {
    Finite.require(name + ".actual", actual);
    Finite.require(name + ".expected", expected);
    Finite.require(name + ".sigma", sigma);
    Finite.require(name + ".nats", nats);
    if (sigma < 0) {
      throw new IllegalArgumentException(
          name + ".sigma: expected a number of at least 0, found " + sigma);
    }
  }
}
