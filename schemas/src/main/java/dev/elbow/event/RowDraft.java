package dev.elbow.event;

import java.time.Instant;
import java.util.Arrays;

/** The row of one record while it is read, sensor by sensor; reused for the next record. */
final class RowDraft {

  private final SensorColumns columns;
  private final SensorNames names;

  private double[] values = new double[0];
  private int observed;
  private int extra;

  /** Sensors without a column that may get one if the record turns out to be valid. */
  private int[] newNames = new int[8];

  private double[] newValues = new double[8];

  RowDraft(SensorColumns columns, SensorNames names) {
    this.columns = columns;
    this.names = names;
  }

  SensorNames names() {
    return names;
  }

  /** A new record begins. */
  void begin() {
    values = new double[columns.count()];
    clear();
  }

  /** Forgets the values. */
  void clear() {
    Arrays.fill(values, Double.NaN);
    observed = 0;
    extra = 0;
  }

  /** Takes a sensor's value, finite. */
  void put(int number, double value) {
    int column = names.column(number);
    if (column >= 0 && column < values.length) {
      values[column] = value;
      observed++;
    } else if (columns.grows()) {
      if (extra == newNames.length) {
        newNames = Arrays.copyOf(newNames, 2 * extra);
        newValues = Arrays.copyOf(newValues, 2 * extra);
      }
      newNames[extra] = number;
      newValues[extra++] = value;
    } else {
      extra++;
    }
  }

  /** Takes the values of several sensors, all finite. */
  void put(int[] numbers, double[] of) {
    double[] row = values;
    int placed = 0;
    for (int k = 0; k < numbers.length; k++) {
      int column = names.column(numbers[k]);
      if (column >= 0 && column < row.length) {
        row[column] = of[k];
        placed++;
      } else {
        put(numbers[k], of[k]);
      }
    }
    observed += placed;
  }

  /** Counts a sensor that has no number, and so no column, and never will. */
  void putUnnamed() {
    extra++;
  }

  /** The record is valid. */
  ObservationRow finish(String entity, Instant timestamp) {
    if (columns.grows() && extra > 0) {
      takeColumns();
    }
    return new ObservationRow(entity, timestamp, values, observed, extra);
  }

  private void takeColumns() {
    int before = values.length;
    int[] taken = new int[extra];
    for (int k = 0; k < extra; k++) {
      taken[k] = names.take(newNames[k]);
    }
    values = Arrays.copyOf(values, columns.count());
    Arrays.fill(values, before, values.length, Double.NaN);
    for (int k = 0; k < extra; k++) {
      values[taken[k]] = newValues[k];
    }
    observed += extra;
    extra = 0;
  }

  /** The row of an observation that was read in another way. */
  static ObservationRow rowOf(Observation observation, SensorColumns columns) {
    int[] taken = new int[observation.values().size()];
    int k = 0;
    for (String sensor : observation.values().keySet()) {
      taken[k++] = columns.take(sensor);
    }
    double[] values = new double[columns.count()];
    Arrays.fill(values, Double.NaN);
    int observed = 0;
    k = 0;
    for (double value : observation.values().values()) {
      int column = taken[k++];
      if (column != SensorColumns.NONE) {
        values[column] = value;
        observed++;
      }
    }
    return new ObservationRow(
        observation.entity(), observation.timestamp(), values, observed, k - observed);
  }
}
