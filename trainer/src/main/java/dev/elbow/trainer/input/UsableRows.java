package dev.elbow.trainer.input;

import dev.elbow.scoring.ObservedShare;
import dev.elbow.trainer.data.SensorTable;
import java.util.Arrays;

/**
 * Which rows of a table are worth a score: those of which enough sensors were observed. The others
 * take no part in training, as they take none in scoring, and no window remembers them.
 */
public final class UsableRows {

  private final SensorTable table;
  private final int least;

  /** The rule of the detector's default. */
  public UsableRows(SensorTable table) {
    this.table = table;
    this.least = ObservedShare.DEFAULT.sensorsOf(table.features());
  }

  /** The least number of sensors that must be observed. */
  public int least() {
    return least;
  }

  /** Whether row {@code i} is one of them. */
  public boolean contains(int i) {
    return Arrays.stream(table.row(i)).filter(value -> !Double.isNaN(value)).count() >= least;
  }

  /** The normal ones, in order. */
  public int[] normal() {
    return Arrays.stream(table.normalRows()).filter(this::contains).toArray();
  }
}
