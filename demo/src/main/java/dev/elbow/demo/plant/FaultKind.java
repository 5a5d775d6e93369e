package dev.elbow.demo.plant;

import static dev.elbow.demo.plant.PumpSensor.BEARING_TEMPERATURE;
import static dev.elbow.demo.plant.PumpSensor.DISCHARGE_PRESSURE;
import static dev.elbow.demo.plant.PumpSensor.FLOW;
import static dev.elbow.demo.plant.PumpSensor.MOTOR_CURRENT;
import static dev.elbow.demo.plant.PumpSensor.SUCTION_PRESSURE;
import static dev.elbow.demo.plant.PumpSensor.VIBRATION;

import java.time.Duration;
import java.util.List;

/** What can go wrong at a pump of the simulated station. */
public enum FaultKind {
  /** A bearing wears: it shakes and runs hot, slowly worse. */
  BEARING_WEAR("bearing wear", 0.6, Duration.ofHours(2)),
  /** Vapour in the impeller: rough running, head and flow lost. */
  CAVITATION("cavitation", 0.02, Duration.ZERO),
  /** Debris before the pump: the suction side starves. */
  BLOCKED_STRAINER("blocked strainer", 0.5, Duration.ZERO),
  /** Water lost between pump and flow meter. */
  LEAK("leak", 0.1, Duration.ZERO),
  /** One instrument reads too high by a constant. */
  SENSOR_OFFSET("sensor offset", 0, Duration.ZERO),
  /**
   * One instrument repeats its last value. A model of single rows sees it only once the machine has
   * moved away from that value.
   */
  SENSOR_STUCK("sensor stuck", 0, Duration.ZERO);

  private final String title;
  private final double rampShare;
  private final Duration settling;

  FaultKind(String title, double rampShare, Duration settling) {
    this.title = title;
    this.rampShare = rampShare;
    this.settling = settling;
  }

  /** For people, in lower case. */
  public String title() {
    return title;
  }

  /** The sensors it shows in; empty for a fault of one instrument, which may be any. */
  List<PumpSensor> sensors() {
    return switch (this) {
      case BEARING_WEAR -> List.of(VIBRATION, BEARING_TEMPERATURE);
      case CAVITATION -> List.of(VIBRATION, FLOW, DISCHARGE_PRESSURE);
      case BLOCKED_STRAINER -> List.of(SUCTION_PRESSURE, FLOW);
      case LEAK -> List.of(FLOW, DISCHARGE_PRESSURE, MOTOR_CURRENT);
      case SENSOR_OFFSET, SENSOR_STUCK -> List.of();
    };
  }

  /** How much of a fault's time passes until it is at its worst, in [0, 1]. */
  double rampShare() {
    return rampShare;
  }

  /** How long its traces, such as heat, outlast the repair. */
  Duration settling() {
    return settling;
  }
}
