package dev.elbow.detector.entity;

import dev.elbow.detector.metrics.EntityMetrics;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What the gauges say of the entities of one task, each from its first row on. */
final class Tally implements AutoCloseable {

  private final EntityMetrics metrics;
  private final Set<String> warmingUp = new HashSet<>();
  private final Map<String, Integer> stuckSensors = new HashMap<>();
  private final Set<String> shifted = new HashSet<>();

  Tally(EntityMetrics metrics) {
    this.metrics = metrics;
  }

  /**
   * A row of the entity has its place.
   *
   * @param stuck how many of its sensors are
   */
  void placed(String entity, boolean isWarmingUp, int stuck) {
    if (isWarmingUp ? warmingUp.add(entity) : warmingUp.remove(entity)) {
      metrics.warmingUp(isWarmingUp ? 1 : -1);
    }
    Integer before = stuck == 0 ? stuckSensors.remove(entity) : stuckSensors.put(entity, stuck);
    metrics.stuckSensors(stuck - (before == null ? 0 : before));
  }

  /** Whether the level of the entity has moved and nobody has acknowledged it. */
  void shifted(String entity, boolean isShifted) {
    if (isShifted ? shifted.add(entity) : shifted.remove(entity)) {
      metrics.shifted(isShifted ? 1 : -1);
    }
  }

  /** The entity is known no longer. */
  void forget(String entity) {
    placed(entity, false, 0);
    shifted(entity, false);
  }

  /** The task ends. */
  @Override
  public void close() {
    metrics.warmingUp(-warmingUp.size());
    metrics.stuckSensors(-stuckSensors.values().stream().mapToInt(Integer::intValue).sum());
    metrics.shifted(-shifted.size());
  }
}
