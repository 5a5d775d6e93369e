package dev.elbow.event;

import java.time.Instant;

/**
 * An {@link Observation} as a row: its values in the order of {@link SensorColumns}, and how well
 * the two match.
 */
public final class ObservationRow implements DecodedRow {

  private final String entity;
  private final Instant timestamp;
  private final double[] values;
  private final int observed;
  private final int extra;

  ObservationRow(String entity, Instant timestamp, double[] values, int observed, int extra) {
    this.entity = entity;
    this.timestamp = timestamp;
    this.values = values;
    this.observed = observed;
    this.extra = extra;
  }

  /** The machine, not empty. */
  public String entity() {
    return entity;
  }

  /** When it was observed. */
  public Instant timestamp() {
    return timestamp;
  }

  /**
   * One value per column there was when the row was read, engineering units, finite or NaN for
   * missing: shared, not a copy, and never written again by the reader.
   */
  public double[] values() {
    return values;
  }

  /** How many columns have a value. */
  public int observed() {
    return observed;
  }

  /** How many columns have none. */
  public int missing() {
    return values.length - observed;
  }

  /** How many sensors had a value and no column. */
  public int extra() {
    return extra;
  }
}
