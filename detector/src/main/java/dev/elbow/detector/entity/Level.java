package dev.elbow.detector.entity;

import dev.elbow.alarm.Smoothing;

/**
 * How strange an entity has been of late, as one model sees it.
 *
 * @param model tells models apart; 0 before the first
 * @param smoothed what {@link Smoothing} goes on from, in nats, or {@link Smoothing#NONE}
 */
record Level(long model, double smoothed) {

  /** No model has scored the entity yet. */
  static final Level NONE = new Level(0, Smoothing.NONE);

  /** What a model goes on from: the scores of another do not compare with its own. */
  Level of(long otherModel) {
    return model == otherModel ? this : new Level(otherModel, Smoothing.NONE);
  }

  /** At the first row of a new stretch: the scores before it are of another time. */
  Level broken() {
    return new Level(model, Smoothing.NONE);
  }

  /**
   * After one more row.
   *
   * @param score in nats; not finite if the row has none
   */
  Level next(double score, Smoothing smoothing) {
    return new Level(model, smoothing.next(smoothed, score));
  }
}
