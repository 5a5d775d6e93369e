package dev.elbow.detector.entity;

/**
 * How an entity stands after a row.
 *
 * @param series which rows are kept
 * @param level how strange it has been of late
 */
record EntityState(Series series, Level level) {

  /** Nothing is known of the entity. */
  static final EntityState NONE = new EntityState(Series.NONE, Level.NONE);

  EntityState with(Series other) {
    return new EntityState(other, level);
  }

  EntityState with(Level other) {
    return new EntityState(series, other);
  }
}
