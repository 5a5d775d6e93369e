package dev.elbow.demo.plant;

import java.util.Random;

/**
 * The constants of one pump with its motor and pipes. Heads are in metres of water, flows in m³/h.
 *
 * @param shutOffHead head at no flow and nominal speed, m
 * @param headLoss fall of the head with the square of the flow, m/(m³/h)²
 * @param pipeLoss of the open discharge side, m/(m³/h)²
 * @param strainerLoss of the clean suction side, m/(m³/h)²
 * @param bestFlow flow of best efficiency at nominal speed, m³/h
 * @param bestEfficiency pump efficiency there, in (0, 1)
 * @param unbalance vibration at nominal speed and best flow, mm/s
 * @param bearingRise of the bearing over the air at nominal speed, K
 * @param windingRise of the winding over the air at nominal current, K
 */
record PumpDesign(
    double shutOffHead,
    double headLoss,
    double pipeLoss,
    double strainerLoss,
    double bestFlow,
    double bestEfficiency,
    double unbalance,
    double bearingRise,
    double windingRise) {

  /** A pump as the maker meant it. */
  static final PumpDesign NOMINAL =
      new PumpDesign(60, 1.5e-4, 1.6e-4, 1.2e-5, 330, 0.80, 1.6, 24, 52);

  /** Another one from the same maker: no two pumps are alike. */
  PumpDesign varied(Random random) {
    return new PumpDesign(
        vary(shutOffHead, 0.015, random),
        vary(headLoss, 0.03, random),
        vary(pipeLoss, 0.03, random),
        vary(strainerLoss, 0.08, random),
        vary(bestFlow, 0.02, random),
        vary(bestEfficiency, 0.01, random),
        vary(unbalance, 0.10, random),
        vary(bearingRise, 0.05, random),
        vary(windingRise, 0.04, random));
  }

  private static double vary(double value, double share, Random random) {
    return value * (1 + share * random.nextGaussian());
  }
}
