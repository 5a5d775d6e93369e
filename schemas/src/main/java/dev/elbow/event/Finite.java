package dev.elbow.event;

/** No event carries NaN or infinity: they have no JSON. */
final class Finite {

  private Finite() {}

  static void require(String name, double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException(name + ": expected a finite number, found " + value);
    }
  }
}
