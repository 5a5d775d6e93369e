package dev.elbow.detector.entity;

import dev.elbow.alarm.AlarmState;
import dev.elbow.alarm.FixedThreshold;

/**
 * How strange an entity has been of late, as one model sees it.
 *
 * @param model tells models apart; 0 before the first
 * @param alarms what its alarms go on from
 */
record Level(long model, AlarmState alarms) {

  /** No model has scored the entity yet. */
  static final Level NONE = new Level(0, new FixedThreshold().start());

  /** What a model goes on from: the scores of another do not compare with its own. */
  Level under(EntityModel other) {
    return model == other.mark() ? this : new Level(other.mark(), other.alarms().start());
  }

  /** Whether the entity is shifted as that model sees it. */
  boolean isShifted(EntityModel other) {
    return model == other.mark() && alarms.isShifted();
  }

  Level with(AlarmState other) {
    return new Level(model, other);
  }
}
