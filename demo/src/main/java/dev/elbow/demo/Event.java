package dev.elbow.demo;

import dev.elbow.demo.plant.Fault;
import dev.elbow.demo.plant.PumpSensor;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Rows of one machine that follow each other and are labelled anomalous, and what the detector made
 * of them.
 *
 * @param entity the machine
 * @param firstRow the first of them, counted in the data
 * @param rows how many there are, at least 1
 * @param alarmed how many of them the detector called anomalies
 * @param rowsToAlarm how many passed before the first alarm; empty if there was none
 * @param timeToAlarm the same as time, where the data have timestamps
 * @param blamed sensors named in its anomalies, those with the largest sum of nats first
 * @param fault what was wrong, where that is known
 */
public record Event(
    String entity,
    int firstRow,
    int rows,
    int alarmed,
    Optional<Integer> rowsToAlarm,
    Optional<Duration> timeToAlarm,
    List<String> blamed,
    Optional<Fault> fault) {

  /** Copies the list. */
  public Event {
    blamed = List.copyOf(blamed);
  }

  /** Whether there was an alarm at all. */
  public boolean found() {
    return rowsToAlarm.isPresent();
  }

  /** Whether a sensor the fault shows in is among the first {@code n} blamed. */
  public boolean guiltyAmongFirst(int n) {
    return fault.stream()
        .flatMap(known -> known.sensors().stream())
        .map(PumpSensor::column)
        .anyMatch(blamed.subList(0, Math.min(n, blamed.size()))::contains);
  }
}
