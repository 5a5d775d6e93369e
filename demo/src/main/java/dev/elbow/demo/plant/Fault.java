package dev.elbow.demo.plant;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * One thing that goes wrong at one machine: the truth that a detector is measured against.
 *
 * @param kind what
 * @param machine where
 * @param sensors those it shows in
 * @param from when it begins, however weakly
 * @param repaired when its cause ends, after {@code from}
 * @param severity how bad it becomes; 1 = plain to see for an engineer, 0.3 = easily overlooked
 */
public record Fault(
    FaultKind kind,
    String machine,
    List<PumpSensor> sensors,
    Instant from,
    Instant repaired,
    double severity) {

  /**
   * @throws IllegalArgumentException if it ends before it begins, has no sensor or no severity
   */
  public Fault {
    sensors = List.copyOf(sensors);
    if (!repaired.isAfter(from) || sensors.isEmpty() || !(severity > 0)) {
      throw new IllegalArgumentException(
          "fault: expected sensors, a severity above 0 and an end after its beginning; found %s, %s, %s to %s"
              .formatted(sensors, severity, from, repaired));
    }
  }

  /** When its traces are gone as well: the first moment that is normal again. */
  public Instant to() {
    return repaired.plus(kind.settling());
  }

  /** Whether a row of its machine at that time is labelled anomalous. */
  public boolean labels(Instant time) {
    return !time.isBefore(from) && time.isBefore(to());
  }

  /** How bad it is at a time: 0 before and after, rising along the ramp up to the severity. */
  double strengthAt(Instant time) {
    if (time.isBefore(from) || !time.isBefore(repaired)) {
      return 0;
    }
    double ramp = kind.rampShare() * Duration.between(from, repaired).toMillis();
    double passed = Duration.between(from, time).toMillis();
    return passed < ramp ? severity * passed / ramp : severity;
  }
}
