package dev.elbow.detector.metrics;

import io.micrometer.core.instrument.Counter;
import java.util.concurrent.atomic.AtomicLong;

/** How many entities are remembered, and how they stand. Safe for use by several threads. */
public final class EntityMetrics {

  private static final String KNOWN = "elbow.entities";
  private static final String SILENT = "elbow.entities.silent";
  private static final String WARMING_UP = "elbow.entities.warming.up";
  private static final String SHIFTED = "elbow.entities.shifted";
  private static final String STUCK = "elbow.sensors.stuck";
  private static final String HISTORIES_READ = "elbow.histories.read";

  private final AtomicLong known;
  private final AtomicLong silent;
  private final AtomicLong warmingUp;
  private final AtomicLong shifted;
  private final AtomicLong stuckSensors;
  private final Counter historiesRead;

  EntityMetrics(Meters meters) {
    known = meters.gauge(KNOWN, "Entities that are remembered.");
    silent = meters.gauge(SILENT, "Of these, those not heard of for too long.");
    warmingUp =
        meters.gauge(WARMING_UP, "Of these, those whose newest row had too short a history.");
    shifted = meters.gauge(SHIFTED, "Of these, those whose level has moved, unacknowledged.");
    stuckSensors =
        meters.gauge(STUCK, "Sensors that read the same for longer than ever in training.");
    historiesRead =
        meters.counter(HISTORIES_READ, "Histories of entities read from the stores into memory.");
  }

  /** So many entities more are remembered, or fewer. */
  public void known(int more) {
    known.addAndGet(more);
  }

  /** So many entities more are silent, or fewer. */
  public void silent(int more) {
    silent.addAndGet(more);
  }

  /** So many entities more are warming up, or fewer. */
  public void warmingUp(int more) {
    warmingUp.addAndGet(more);
  }

  /** So many entities more are shifted, or fewer. */
  public void shifted(int more) {
    shifted.addAndGet(more);
  }

  /** So many sensors more are stuck, or fewer. */
  public void stuckSensors(int more) {
    stuckSensors.addAndGet(more);
  }

  /** An entity's history was read from the stores. */
  public void historyRead() {
    historiesRead.increment();
  }
}
