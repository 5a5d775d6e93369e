package dev.elbow.demo.plant;

import static dev.elbow.demo.plant.PumpSensor.BEARING_TEMPERATURE;
import static dev.elbow.demo.plant.PumpSensor.DISCHARGE_PRESSURE;
import static dev.elbow.demo.plant.PumpSensor.FLOW;
import static dev.elbow.demo.plant.PumpSensor.MOTOR_CURRENT;
import static dev.elbow.demo.plant.PumpSensor.SPEED;
import static dev.elbow.demo.plant.PumpSensor.SUCTION_PRESSURE;
import static dev.elbow.demo.plant.PumpSensor.VALVE_POSITION;
import static dev.elbow.demo.plant.PumpSensor.VIBRATION;
import static dev.elbow.demo.plant.PumpSensor.WINDING_TEMPERATURE;

import java.util.EnumMap;
import java.util.Map;
import java.util.Random;

/**
 * One pump, its motor, valve and strainer, minute by minute.
 *
 * <p>With s the speed as a fraction of nominal, Q the flow and v the valve's opening, the pump's
 * head by the affinity laws and the head the pipes ask for are
 *
 * <pre>
 *   H = H₀ s² − a Q²                  H = lift + (p / v² + c) Q²
 *   Q = sqrt((H₀ s² − lift) / (a + p / v² + c))
 * </pre>
 *
 * <p>Their balance gives Q; Q and H give the hydraulic power ρ g Q H; that, through the
 * efficiencies, the current; speed and current, through first-order lags, the temperatures. Faults
 * change the constants of these equations and not the readings, save those of an instrument.
 */
final class Pump {

  private static final double NOMINAL_RPM = 1480;
  private static final double BAR_PER_METRE = 0.0981;
  private static final double KILOWATT_PER_HEAD_AND_FLOW = 9.81 / 3600;
  private static final double MOTOR_EFFICIENCY = 0.94;
  private static final double AMPERE_PER_KILOWATT = 1000 / (Math.sqrt(3) * 400 * 0.93);
  private static final double MAGNETISING_AMPERE = 28;
  private static final double NOMINAL_AMPERE = 90;
  private static final double SLIP = 0.012;

  // Slow, as in any station that fears water hammer.
  private static final double SPEED_LAG = 10;
  private static final double VALVE_LAG = 10;

  private static final double BEARING_LAG = 25;
  private static final double WINDING_LAG = 40;

  private final PumpDesign design;
  private final Random random;
  private final ColouredNoise speedTrim;
  private final ColouredNoise valveTrim;
  private final ColouredNoise turbulence;
  private final ColouredNoise roughness;
  private final ColouredNoise fouling;

  private double speed = OperatingMode.NIGHT.speed();
  private double valve = OperatingMode.NIGHT.valve();
  private double bearingRise;
  private double windingRise;

  Pump(PumpDesign design, Random random) {
    this.design = design;
    this.random = random;
    speedTrim = new ColouredNoise(random, 0.012, 45);
    valveTrim = new ColouredNoise(random, 0.02, 90);
    turbulence = new ColouredNoise(random, 0.006, 4);
    roughness = new ColouredNoise(random, 0.06, 10);
    fouling = new ColouredNoise(random, 0.01, 5 * 24 * 60);
    bearingRise = design.bearingRise() * speed * speed;
    windingRise = design.windingRise() * 0.3;
  }

  /**
   * What the machine's parts suffer from in one minute; 0 = nothing, 1 = plainly.
   *
   * @param wear of the bearing
   * @param cavitation in the impeller
   * @param blockage of the strainer
   * @param leak behind the pump
   */
  record Damage(double wear, double cavitation, double blockage, double leak) {}

  /** Moves on by one minute and reads all instruments, whose own faults are not in it. */
  Map<PumpSensor, Double> next(OperatingMode mode, Surroundings.Minute around, Damage damage) {
    speed += (mode.speed() * (1 + speedTrim.next()) - speed) / SPEED_LAG;
    valve += (Math.min(1, mode.valve() + valveTrim.next()) - valve) / VALVE_LAG;

    double pipe = design.pipeLoss() / (valve * valve);
    double strainer = design.strainerLoss() * (1 + 8 * damage.blockage());
    double passed = 1 - 0.15 * damage.leak(); // of the pumped flow, what reaches the meter
    double shutOff =
        design.shutOffHead() * speed * speed * (1 - 0.10 * damage.cavitation())
            + 1.5 * damage.cavitation() * random.nextGaussian();
    double flow =
        Math.sqrt(
            Math.max(0, shutOff - around.liftHeight())
                / (design.headLoss() + strainer + pipe * passed * passed));
    flow *= (1 + turbulence.next()) * (1 + fouling.next());
    double head = shutOff - design.headLoss() * flow * flow;
    double suction = around.sumpLevel() - strainer * flow * flow;

    double load = flow / (speed * design.bestFlow());
    double amperes = current(flow, head, load, damage.cavitation());
    heat(amperes, damage.wear());

    Map<PumpSensor, Double> readings = new EnumMap<>(PumpSensor.class);
    readings.put(FLOW, flow * passed);
    readings.put(SUCTION_PRESSURE, suction * BAR_PER_METRE);
    readings.put(DISCHARGE_PRESSURE, (suction + head) * BAR_PER_METRE);
    readings.put(MOTOR_CURRENT, amperes);
    readings.put(SPEED, NOMINAL_RPM * speed * (1 - SLIP * amperes / NOMINAL_AMPERE));
    readings.put(VIBRATION, vibration(load, damage));
    readings.put(BEARING_TEMPERATURE, around.airTemperature() + bearingRise);
    readings.put(WINDING_TEMPERATURE, around.airTemperature() + windingRise);
    readings.put(VALVE_POSITION, 100 * valve);
    readings.replaceAll((sensor, value) -> value + sensor.noise() * random.nextGaussian());
    return readings;
  }

  /** I = sqrt(I_active² + I_magnetising²), I_active from ρ g Q H through both efficiencies. */
  private double current(double flow, double head, double load, double cavitation) {
    double efficiency =
        design.bestEfficiency() * (1 - 0.6 * (load - 1) * (load - 1)) * (1 - 0.05 * cavitation);
    double kilowatt = KILOWATT_PER_HEAD_AND_FLOW * flow * head / (efficiency * MOTOR_EFFICIENCY);
    return Math.hypot(kilowatt * AMPERE_PER_KILOWATT, MAGNETISING_AMPERE);
  }

  /** First-order lags towards the rise that friction (s²) and copper losses (I²) would hold. */
  private void heat(double amperes, double wear) {
    double friction = design.bearingRise() * speed * speed * (1 + 0.5 * wear);
    bearingRise += (friction - bearingRise) / BEARING_LAG;
    double relative = amperes / NOMINAL_AMPERE;
    windingRise += (design.windingRise() * relative * relative - windingRise) / WINDING_LAG;
  }

  /** Unbalance grows with s², flow noise with the distance from the best flow. */
  private double vibration(double load, Damage damage) {
    double healthy = design.unbalance() * speed * speed * (1 + 2 * (load - 1) * (load - 1)) + 0.3;
    double burst = Math.abs(random.nextGaussian());
    return healthy * (1 + roughness.next()) * (1 + 1.2 * damage.wear())
        + 1.2 * damage.cavitation() * (0.6 + burst);
  }
}
