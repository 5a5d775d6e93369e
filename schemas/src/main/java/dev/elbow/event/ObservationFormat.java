package dev.elbow.event;

/** How the observations of a topic are written. Any number of threads may use one. */
public interface ObservationFormat {

  /**
   * A reader of rows with these columns.
   *
   * @param columns if they grow, they grow with what is read
   */
  RowReader rows(SensorColumns columns);

  /** The record value of an observation, which a reader of this format reads back. */
  byte[] encodeValue(Observation observation);
}
