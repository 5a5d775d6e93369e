package dev.elbow.detector.entity;

import dev.elbow.alarm.Runs;

/**
 * How an entity stands after a row.
 *
 * @param series which rows are kept
 * @param level how strange it has been of late
 * @param runs for how long its sensors have read the same
 */
record EntityState(Series series, Level level, Runs runs) {

  /** Nothing is known of the entity. */
  static final EntityState NONE = new EntityState(Series.NONE, Level.NONE, Runs.none(0));

  EntityState with(Series other) {
    return new EntityState(other, level, runs);
  }

  EntityState with(Level other) {
    return new EntityState(series, other, runs);
  }
}
