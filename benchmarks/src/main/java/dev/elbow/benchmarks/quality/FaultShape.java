package dev.elbow.benchmarks.quality;

import java.util.Random;

/** How one sensor goes wrong for a stretch of rows while the machine stays well. */
enum FaultShape {
  /** It reads too high or too low by a constant. */
  OFFSET("offset"),
  /** It drifts away, evenly, and is off by the whole size in the last row. */
  RAMP("ramp"),
  /** It is noisy: each row is off by a normal deviate with the size as standard deviation. */
  NOISE("noise");

  private final String title;

  FaultShape(String title) {
    this.title = title;
  }

  /** For people, in lower case. */
  String title() {
    return title;
  }

  /**
   * By how much the sensor is off, row by row, as a share of the fault's size.
   *
   * @param rows how long the stretch is, at least 1
   */
  double[] shares(int rows, Random random) {
    double sign = random.nextBoolean() ? 1 : -1;
    double[] shares = new double[rows];
    for (int k = 0; k < rows; k++) {
      shares[k] =
          switch (this) {
            case OFFSET -> sign;
            case RAMP -> sign * (k + 1) / rows;
            case NOISE -> random.nextGaussian();
          };
    }
    return shares;
  }
}
